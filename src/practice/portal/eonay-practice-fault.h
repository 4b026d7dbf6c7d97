#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Faults that a practice portal can inject, by `fault` in `POST /practice/transactions`. */
typedef enum {
  EONAY_PRACTICE_FAULT_NONE,
  EONAY_PRACTICE_FAULT_DIGEST,      /* the announced digest is of another document */
  EONAY_PRACTICE_FAULT_OVERSIZE,    /* the document is longer than announced */
  EONAY_PRACTICE_FAULT_HUGE_JSON,   /* the answer to resolve is over 64 KiB */
  EONAY_PRACTICE_FAULT_MALFORMED,   /* the answer to resolve is truncated JSON */
  EONAY_PRACTICE_FAULT_SLOW,        /* the answer to resolve is not sent */
  EONAY_PRACTICE_FAULT_CUT,         /* the connection ends in the middle of that answer */
  EONAY_PRACTICE_FAULT_503_ONCE,    /* the first submission is answered 503, Retry-After: 1 */
  EONAY_PRACTICE_FAULT_503,         /* every submission is */
  EONAY_PRACTICE_FAULT_LOST_REPLY,  /* the first submission is processed, but not answered */
  EONAY_PRACTICE_FAULT_TEXT_NUL,    /* the text has a NUL byte */
  EONAY_PRACTICE_FAULT_TEXT_BIDI,   /* the text has directional overrides */
  EONAY_PRACTICE_FAULT_NOT_UTF8,    /* the text is not UTF-8 */
  EONAY_PRACTICE_FAULT_REVOKED,     /* every submission is answered certificate-revoked */
  EONAY_PRACTICE_FAULT_SUSPENDED,   /* every submission is answered certificate-suspended */
  EONAY_PRACTICE_FAULT_UNBLOCK_CUT, /* the answer to the first correct word is truncated */
  EONAY_PRACTICE_FAULT_SMS_LATE,    /* the code of the first message is expired */
  EONAY_PRACTICE_FAULT_PUK_LOST,    /* the first correct SMS code is processed, but not answered */
  EONAY_PRACTICE_FAULT_PUK_WRONG,   /* the PUK is not that of the card */
  EONAY_PRACTICE_FAULT_PUK_STORED,  /* the answer with the PUK has no no-store */
  EONAY_PRACTICE_FAULT_REPORT_CUT,  /* the first outcome is recorded, but not answered */

  /* Of an application: its last PDF, or all of it. */
  EONAY_PRACTICE_FAULT_PDF_DAMAGED,   /* its end is missing */
  EONAY_PRACTICE_FAULT_PDF_ENCRYPTED, /* it wants a password */
  EONAY_PRACTICE_FAULT_PDF_CERTIFIED, /* it permits no change, and so no signature */
  EONAY_PRACTICE_FAULT_PDF_ACTIVE,    /* it runs JavaScript when it is opened */
  EONAY_PRACTICE_FAULT_HUGE_DOCUMENT, /* each document is announced with 33 MiB */
  EONAY_PRACTICE_FAULT_ONE_REFUSED,   /* the last signature is answered signature-invalid */
  EONAY_PRACTICE_FAULT_WITH_TEXT,     /* nothing is wrong: a text comes before the PDFs */
} EonayPracticeFault;

#define EONAY_PRACTICE_N_FAULTS (EONAY_PRACTICE_FAULT_WITH_TEXT + 1)

/**
 * eonay_practice_fault_from_word:
 * @word: (nullable): "digest", "oversize", "huge-json", "malformed", "slow", "cut", "503-once",
 *   "503", "lost-reply", "text-nul", "text-bidi", "not-utf8", "certificate-revoked",
 *   "certificate-suspended", "unblock-cut", "sms-late", "puk-lost", "puk-wrong", "puk-stored",
 *   "report-cut", "pdf-damaged", "pdf-encrypted", "pdf-certified", "pdf-active", "huge-document",
 *   "one-refused", "with-text"; %NULL for none
 *
 * Returns: whether @word is one of them
 */
gboolean eonay_practice_fault_from_word (const char *word, EonayPracticeFault *fault);

G_END_DECLS
