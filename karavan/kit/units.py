"""Units of measure that the platform knows: one list for the API, for imports and for papers.

They are codes of UN/ECE Recommendation 20, and those of Recommendation 21 for packages behind an `X`, as invoices of Peppol
write them. The list holds what goods and services are traded in; it is no shorter for forms, which offer a few of it.
"""

UNITS = frozenset(
    """
    H87 C62 EA PR SET KT DZN DZP DPC DPR SCO GRO CEN MIL NMP NIU IE RM QR LEF LN LR PTN 10 11
    E48 E49 ACT LS HAD ZZ SEC MIN HUR DAY WEE MON QAN SAN ANN C26
    MC MGM GRM DJ HGM KGM DTN TNE LBR ONZ APZ STN CTN
    4H C45 MMT CMT DMT MTR LM A45 HMT KMT INH FOT YRD SMI NMI
    MMK CMK DMK MTK KMK INK FTK YDK ACR MIK
    MLT CLT DLT LTR A44 HLT K6 MMQ CMQ DMQ MTQ INQ FTQ YDQ GLL GLI PTI PTL QTL QTI OZA OZI BLL G26
    JOU KJO 3B GV WHR KWH MWH GWH K51 K53 E14 BTU WTT KWT MAW BHP
    VLT KVT AMP 4K E09 AMH OHM FAR KVA HTZ KHZ MHZ A86 LUM LUX CDL B60
    CEL FAH KEL PAL KPA MPA BAR A97 HPA NEW GM GL GP M1 KMQ D41 P1 59
    MTS KMH MQH MQS L2 E32 G51 2J F27
    AD 2P 4L E34 E35 E36
    XAE XAM XBA XBC XBE XBG XBH XBI XBJ XBK XBL XBN XBO XBQ XBR XBT XBU XBX XCA XCB XCI XCN XCO XCQ XCR XCS XCT
    XCX XCY XDR XEC XEN XFC XGB XJC XJG XJR XKG XNT XOK XPA XPB XPC XPG XPK XPL XPP XPT XPU XPX XRD XRG XRK XRL
    XRO XSA XSC XSH XSL XSM XSX XTB XTN XTR XTU XTY XVI XVL XVQ XWA XZZ
    """.split()
)

UNITS_WRITTEN = ", ".join(sorted(UNITS))
"""All of them in one line, for whoever named another."""
