"""The closed code lists and the shapes of OCDS 1.1, as far as this platform reads or writes them.

Written from the standard's reference (https://standard.open-contracting.org/1.1/en/schema/reference/). A shape lists
its fields as `name:type`; `!` marks what must be there, `[…]` a list. Types are `text`, `id` (text or a whole number),
`date` (RFC 3339), `uri`, `number`, `integer`, `boolean`, `object`, a closed code list, or another shape.
"""

from msgspec import Struct

from karavan.kit.money import CURRENCIES

OCDS_VERSION = "1.1"

CODES: dict[str, frozenset[str]] = {
    "releaseTag": frozenset(
        """planning planningUpdate tender tenderAmendment tenderUpdate tenderCancellation award awardUpdate
        awardCancellation contract contractUpdate contractAmendment implementation implementationUpdate
        contractTermination compiled""".split()
    ),
    "initiationType": frozenset({"tender"}),
    "tenderStatus": frozenset(
        "planning planned active cancelled unsuccessful complete withdrawn".split()
    ),
    "method": frozenset("open selective limited direct".split()),
    "procurementCategory": frozenset("goods works services".split()),
    "awardStatus": frozenset("pending active cancelled unsuccessful".split()),
    "contractStatus": frozenset("pending active cancelled terminated".split()),
    "milestoneStatus": frozenset("scheduled met notMet partiallyMet".split()),
    "bidStatus": frozenset("invited pending valid disqualified withdrawn".split()),
    "currency": CURRENCIES,
}

PLAIN_TYPES = frozenset("text id date uri number integer boolean object".split())

_SHAPES = {
    "ReleasePackage": """uri!:uri version!:text extensions:[uri] publishedDate!:date publisher!:Publisher license:uri
        publicationPolicy:uri releases!:[Release]""",
    "Publisher": "name!:text scheme:text uid:text uri:uri",
    "Release": """ocid!:text id!:text date!:date tag!:[releaseTag] initiationType!:initiationType
        parties:[Organization] buyer:Reference planning:Planning tender:Tender bids:Bids awards:[Award]
        contracts:[Contract] language:text relatedProcesses:[RelatedProcess]""",
    "Planning": """rationale:text budget:Budget documents:[Document] milestones:[Milestone]""",
    "Budget": "id:id description:text amount:Value project:text projectID:id uri:uri source:uri",
    "Tender": """id!:id title:text description:text status:tenderStatus procuringEntity:Reference items:[Item]
        value:Value minValue:Value procurementMethod:method procurementMethodDetails:text
        procurementMethodRationale:text mainProcurementCategory:procurementCategory
        additionalProcurementCategories:[text] awardCriteria:text awardCriteriaDetails:text submissionMethod:[text]
        submissionMethodDetails:text tenderPeriod:Period enquiryPeriod:Period hasEnquiries:boolean
        eligibilityCriteria:text awardPeriod:Period contractPeriod:Period numberOfTenderers:integer
        tenderers:[Reference] documents:[Document] milestones:[Milestone] amendments:[Amendment] amendment:Amendment""",
    "Bids": "details:[Bid]",
    "Bid": """id!:id date:date status:bidStatus tenderers:[Reference] value:Value items:[Item]
        documents:[Document]""",
    "Award": """id!:id title:text description:text status:awardStatus date:date value:Value suppliers:[Reference]
        items:[Item] contractPeriod:Period documents:[Document] amendments:[Amendment] amendment:Amendment""",
    "Contract": """id!:id awardID!:id title:text description:text status:contractStatus period:Period value:Value
        items:[Item] dateSigned:date documents:[Document] implementation:Implementation
        relatedProcesses:[RelatedProcess] milestones:[Milestone] amendments:[Amendment] amendment:Amendment""",
    "Implementation": "transactions:[Transaction] milestones:[Milestone] documents:[Document]",
    "Transaction": """id!:id source:uri date:date value:Value payer:Reference payee:Reference uri:uri amount:Value
        providerOrganization:Identifier receiverOrganization:Identifier""",
    "Milestone": """id!:id title:text type:text description:text code:text dueDate:date dateMet:date dateModified:date
        status:milestoneStatus documents:[Document]""",
    "Document": """id!:id documentType:text title:text description:text url:uri datePublished:date dateModified:date
        format:text language:text""",
    "Reference": """name:text id:id identifier:Identifier address:Address additionalIdentifiers:[Identifier]
        contactPoint:ContactPoint""",
    "Organization": """name:text id:text identifier:Identifier additionalIdentifiers:[Identifier] address:Address
        contactPoint:ContactPoint roles:[text] details:object""",
    "Identifier": "scheme:text id:id legalName:text uri:uri",
    "Address": "streetAddress:text locality:text region:text postalCode:text countryName:text",
    "ContactPoint": "name:text email:text telephone:text faxNumber:text url:uri",
    "Item": """id!:id description:text classification:Classification additionalClassifications:[Classification]
        quantity:number unit:Unit""",
    "Classification": "scheme:text id:id description:text uri:uri",
    "Unit": "scheme:text id:text name:text value:Value uri:uri",
    "Value": "amount:number currency:currency",
    "Period": "startDate:date endDate:date maxExtentDate:date durationInDays:integer",
    "Amendment": """date:date rationale:text id:text description:text amendsReleaseID:text releaseID:text
        changes:[object]""",
    "RelatedProcess": "id:text relationship:[text] title:text scheme:text identifier:text uri:uri",
}


class Field(Struct, frozen=True):
    """What one field of a shape holds."""

    type: str
    required: bool
    many: bool


def _fields(text: str) -> dict[str, Field]:
    found = {}
    for token in text.split():
        name, _, kind = token.partition(":")
        many = kind.startswith("[")
        found[name.rstrip("!")] = Field(kind.strip("[]"), name.endswith("!"), many)
    return found


SHAPES = {name: _fields(text) for name, text in _SHAPES.items()}
