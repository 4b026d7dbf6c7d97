#pragma once

#include "base/host/eonay-frame.h"

G_BEGIN_DECLS

/*
 * The report of the process that inspects a PDF, as one GVariant. Objects are plain text: see
 * eonay-pdf-serializer.h.
 */

/** The longest report, in bytes. */
#define EONAY_PDF_REPORT_MAX EONAY_FRAME_MAX

/** More do not fit into the inspector's memory. */
#define EONAY_PDF_OBJECTS_MAX 1000000u
#define EONAY_PDF_PAGES_MAX 20000u
#define EONAY_PDF_FIELDS_MAX 100000u
#define EONAY_PDF_SIGNATURES_MAX 1000u

/** A box's coordinate, in either direction: a page's side may be 200 inches, or with a unit more. */
#define EONAY_PDF_COORDINATE_MAX 1e6

/** Keys, decoded, and values. */
#define EONAY_PDF_DICTIONARY_TYPE "a(ayay)"

/** Number, generation, entries; number 0: there is no such object, or it is direct. */
#define EONAY_PDF_OBJECT_TYPE "(uu" EONAY_PDF_DICTIONARY_TYPE ")"

/** An array: number, generation (0: direct, missing or shared), items. */
#define EONAY_PDF_ARRAY_TYPE "(uuaay)"

/** Action (#EonayPdfLock), names of fields, permissions (/P; 0 for none). */
#define EONAY_PDF_LOCK_TYPE "(uasu)"

/** Left, bottom, right, top, rotation. */
#define EONAY_PDF_PAGE_TYPE "(ddddu)"

/** Kind, page, count. */
#define EONAY_PDF_FINDING_TYPE "(uuu)"

/** Field's name, page, length that is covered, DocMDP's permissions, lock. */
#define EONAY_PDF_SIGNATURE_TYPE "(sutu" EONAY_PDF_LOCK_TYPE ")"

/** Name, page, rectangle, whether it demands what we do not do, lock, field, widget if that is another. */
#define EONAY_PDF_FIELD_TYPE \
  "(sudddd"                  \
  "b" EONAY_PDF_LOCK_TYPE EONAY_PDF_OBJECT_TYPE EONAY_PDF_OBJECT_TYPE ")"

/**
 * startxref's offset, whether it leads to a stream, the highest object number; the trailer; the
 * catalog; the form, its fields and /SigFlags; names of the form's fields; a page's number, the page,
 * its annotations.
 */
#define EONAY_PDF_PLAN_TYPE                                                    \
  "(tbu" EONAY_PDF_DICTIONARY_TYPE EONAY_PDF_OBJECT_TYPE EONAY_PDF_OBJECT_TYPE \
      EONAY_PDF_ARRAY_TYPE "uasu" EONAY_PDF_OBJECT_TYPE EONAY_PDF_ARRAY_TYPE ")"

/**
 * A code of EonaySignatureError why the file cannot be signed, or EONAY_PDF_REPORT_SOUND, and a line
 * for the log; pages; findings; signatures; empty signature fields; the plan, if it can be signed.
 */
#define EONAY_PDF_REPORT_TYPE                                                        \
  "(usa" EONAY_PDF_PAGE_TYPE "a" EONAY_PDF_FINDING_TYPE "a" EONAY_PDF_SIGNATURE_TYPE \
  "a" EONAY_PDF_FIELD_TYPE "m" EONAY_PDF_PLAN_TYPE ")"

/**
 * An appearance: its width and height; its objects, numbered from the one that was asked for on, the
 * first of which is the form XObject: whether it is a stream, the entries of that, and its content or
 * the text of the object.
 */
#define EONAY_PDF_APPEARANCE_TYPE "(dda(b" EONAY_PDF_DICTIONARY_TYPE "ay))"

#define EONAY_PDF_APPEARANCE_OBJECTS_MAX 1000u

#define EONAY_PDF_REPORT_SOUND G_MAXUINT32

G_END_DECLS
