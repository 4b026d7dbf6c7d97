#include "practice/portal/eonay-practice-fault.h"

static const char *const words[] = {
  [EONAY_PRACTICE_FAULT_NONE] = NULL,
  [EONAY_PRACTICE_FAULT_DIGEST] = "digest",
  [EONAY_PRACTICE_FAULT_OVERSIZE] = "oversize",
  [EONAY_PRACTICE_FAULT_HUGE_JSON] = "huge-json",
  [EONAY_PRACTICE_FAULT_MALFORMED] = "malformed",
  [EONAY_PRACTICE_FAULT_SLOW] = "slow",
  [EONAY_PRACTICE_FAULT_CUT] = "cut",
  [EONAY_PRACTICE_FAULT_503_ONCE] = "503-once",
  [EONAY_PRACTICE_FAULT_503] = "503",
  [EONAY_PRACTICE_FAULT_LOST_REPLY] = "lost-reply",
  [EONAY_PRACTICE_FAULT_TEXT_NUL] = "text-nul",
  [EONAY_PRACTICE_FAULT_TEXT_BIDI] = "text-bidi",
  [EONAY_PRACTICE_FAULT_NOT_UTF8] = "not-utf8",
  [EONAY_PRACTICE_FAULT_REVOKED] = "certificate-revoked",
  [EONAY_PRACTICE_FAULT_SUSPENDED] = "certificate-suspended",
  [EONAY_PRACTICE_FAULT_UNBLOCK_CUT] = "unblock-cut",
  [EONAY_PRACTICE_FAULT_SMS_LATE] = "sms-late",
  [EONAY_PRACTICE_FAULT_PUK_LOST] = "puk-lost",
  [EONAY_PRACTICE_FAULT_PUK_WRONG] = "puk-wrong",
  [EONAY_PRACTICE_FAULT_PUK_STORED] = "puk-stored",
  [EONAY_PRACTICE_FAULT_REPORT_CUT] = "report-cut",
  [EONAY_PRACTICE_FAULT_PDF_DAMAGED] = "pdf-damaged",
  [EONAY_PRACTICE_FAULT_PDF_ENCRYPTED] = "pdf-encrypted",
  [EONAY_PRACTICE_FAULT_PDF_CERTIFIED] = "pdf-certified",
  [EONAY_PRACTICE_FAULT_PDF_ACTIVE] = "pdf-active",
  [EONAY_PRACTICE_FAULT_HUGE_DOCUMENT] = "huge-document",
  [EONAY_PRACTICE_FAULT_ONE_REFUSED] = "one-refused",
  [EONAY_PRACTICE_FAULT_WITH_TEXT] = "with-text",
};

G_STATIC_ASSERT (G_N_ELEMENTS (words) == EONAY_PRACTICE_N_FAULTS);

gboolean
eonay_practice_fault_from_word (const char *word, EonayPracticeFault *fault)
{
  for (guint i = 0; i < EONAY_PRACTICE_N_FAULTS; i++)
    if (g_strcmp0 (word, words[i]) == 0)
      {
        *fault = (EonayPracticeFault) i;
        return TRUE;
      }

  return FALSE;
}
