"""Names, order and codes of the UBL 2.1 elements that Karavan writes.

The order of children is the one of the UBL 2.1 schemas, cut down to what is used here; writer and
checker share it. Code lists are those that Peppol BIS Billing 3.0 restricts EN 16931 to.
"""

INVOICE_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CREDIT_NOTE_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
NAMESPACES = {"cac": CAC, "cbc": CBC}

CUSTOMIZATION_ID = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE_ID = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
INVOICE_TYPE = "380"
CREDIT_NOTE_TYPE = "381"

_PARTIES_TO_END = """OrderReference BillingReference ContractDocumentReference AccountingSupplierParty
AccountingCustomerParty Delivery PaymentMeans PaymentTerms AllowanceCharge TaxTotal LegalMonetaryTotal"""
_PARTY = """EndpointID PartyIdentification PartyName PostalAddress PartyTaxScheme PartyLegalEntity
Contact"""
_ADDRESS = """StreetName AdditionalStreetName CityName PostalZone CountrySubentity Country"""
_CATEGORY = "ID Percent TaxExemptionReasonCode TaxExemptionReason TaxScheme"
_LINE_TAIL = "LineExtensionAmount OrderLineReference AllowanceCharge Item Price"

_ORDER_TEXT = {
    "Invoice": f"""CustomizationID ProfileID ID IssueDate DueDate InvoiceTypeCode Note TaxPointDate
        DocumentCurrencyCode BuyerReference {_PARTIES_TO_END} InvoiceLine""",
    "CreditNote": f"""CustomizationID ProfileID ID IssueDate TaxPointDate CreditNoteTypeCode Note
        DocumentCurrencyCode BuyerReference {_PARTIES_TO_END} CreditNoteLine""",
    "OrderReference": "ID",
    "BillingReference": "InvoiceDocumentReference",
    "InvoiceDocumentReference": "ID IssueDate",
    "ContractDocumentReference": "ID",
    "AccountingSupplierParty": "Party",
    "AccountingCustomerParty": "Party",
    "Party": _PARTY,
    "PartyIdentification": "ID",
    "PartyName": "Name",
    "PostalAddress": _ADDRESS,
    "Address": _ADDRESS,
    "Country": "IdentificationCode",
    "PartyTaxScheme": "CompanyID TaxScheme",
    "TaxScheme": "ID",
    "PartyLegalEntity": "RegistrationName CompanyID",
    "Contact": "Name Telephone ElectronicMail",
    "Delivery": "ActualDeliveryDate DeliveryLocation",
    "DeliveryLocation": "Address",
    "PaymentMeans": "PaymentMeansCode PaymentDueDate PaymentID PayeeFinancialAccount",
    "PayeeFinancialAccount": "ID Name FinancialInstitutionBranch",
    "FinancialInstitutionBranch": "ID",
    "PaymentTerms": "Note",
    "AllowanceCharge": "ChargeIndicator AllowanceChargeReason Amount TaxCategory",
    "TaxTotal": "TaxAmount TaxSubtotal",
    "TaxSubtotal": "TaxableAmount TaxAmount TaxCategory",
    "TaxCategory": _CATEGORY,
    "ClassifiedTaxCategory": "ID Percent TaxScheme",
    "LegalMonetaryTotal": """LineExtensionAmount TaxExclusiveAmount TaxInclusiveAmount
        AllowanceTotalAmount ChargeTotalAmount PrepaidAmount PayableAmount""",
    "InvoiceLine": f"ID InvoicedQuantity {_LINE_TAIL}",
    "CreditNoteLine": f"ID CreditedQuantity {_LINE_TAIL}",
    "OrderLineReference": "LineID",
    "Item": """Description Name SellersItemIdentification StandardItemIdentification OriginCountry
        CommodityClassification ClassifiedTaxCategory""",
    "SellersItemIdentification": "ID",
    "StandardItemIdentification": "ID",
    "OriginCountry": "IdentificationCode",
    "CommodityClassification": "ItemClassificationCode",
    "Price": "PriceAmount BaseQuantity",
}

CHILD_ORDER: dict[str, list[str]] = {
    parent: children.split() for parent, children in _ORDER_TEXT.items()
}
"""Which children an element may have, in the order in which they must stand."""

REPEATABLE = frozenset(
    """BillingReference PaymentMeans AllowanceCharge TaxSubtotal InvoiceLine CreditNoteLine
    CommodityClassification""".split()
)
"""Elements that may stand more than once under one parent."""

EXEMPTION_CODES = {
    "AE": "VATEX-EU-AE",
    "K": "VATEX-EU-IC",
    "G": "VATEX-EU-G",
    "O": "VATEX-EU-O",
}
"""Reason codes that say what the category itself says; E needs a reason of its own."""

ELECTRONIC_ADDRESS_SCHEMES = frozenset(
    """0002 0007 0009 0037 0060 0088 0096 0097 0106 0130 0135 0142 0147 0151 0154 0158 0170 0177 0183
    0184 0188 0190 0191 0192 0193 0194 0195 0196 0198 0199 0200 0201 0202 0203 0204 0205 0208 0209 0210
    0211 0212 0213 0215 0216 0217 0218 0221 0225 0230 0235 0240 9910 9913 9914 9915 9918 9919 9920 9922
    9923 9924 9925 9926 9927 9928 9929 9930 9931 9932 9933 9934 9935 9936 9937 9938 9939 9940 9941 9942
    9943 9944 9945 9946 9947 9948 9949 9950 9951 9952 9953 9957 9959""".split()
)
"""Schemes that the Peppol network routes to (EAS as of May 2025)."""

OUTSIDE_NETWORK_SCHEMES = frozenset({"EM", "AN", "AQ", "AS", "AU"})
"""Schemes of EN 16931 itself: valid in a file sent by agreement, not routed by Peppol."""

COUNTRIES = frozenset(
    """1A AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR
    BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN
    HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK
    LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF
    NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD
    SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ
    UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XI YE YT ZA ZM ZW""".split()
)
"""ISO 3166-1 alpha-2 with the two codes that Peppol adds (1A Kosovo, XI Northern Ireland)."""
