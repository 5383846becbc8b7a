"""The columns of F1 and what kind each is."""

KEYS = ["period", "area", "bank", "scope"]
BALANCES = ["dep", "loan", "disc", "corp", "sme", "incl", "inclsm", "ind", "indml",
            "mfg", "agri", "scf", "chain", "real", "npl"]
DISPOSAL = ["disp_cash_ytd", "disp_woff_ytd", "disp_xfer_ytd", "disp_rest_ytd"]
ROLL = ["npl_new_ytd"] + DISPOSAL + ["disp_up_ytd"]
ISSUED = ["iss_incl_ytd", "iss_sme_ytd", "iss_smeu_ytd", "iss_agri_ytd"]
FLOWS = ["iss_ytd", "iss_ind_ytd", "msme_new_ytd", "iss_hh_ytd"] + ISSUED + [
    "ext_amt", "defer_amt", "renew_amt", "incent_ytd", "tax_ytd"]
SETTLED = ["int_m_n", "int_q_n", "int_h_n", "int_y_n"]
COUNTS = ["iss_ind_n", "iss_hh_n", "first_n", "ext_n", "defer_n", "renew_n"] + SETTLED
RATES = ["rate_w", "rate_min", "relend_min", "relend_w"]

ALL = KEYS + BALANCES + ROLL + [
    "iss_ytd", "iss_ind_ytd", "iss_ind_n", "msme_new_ytd", "iss_hh_ytd", "iss_hh_n"] + ISSUED + [
    "first_n", "ext_n", "ext_amt", "defer_n", "defer_amt", "renew_n", "renew_amt",
    "rate_w", "rate_min"] + SETTLED + [
    "relend_amt", "relend_min", "relend_w", "incent_ytd", "tax_ytd"]

AMOUNTS = [c for c in ALL if c not in KEYS + COUNTS + RATES]

NONE = "\\-"                # cannot exist
