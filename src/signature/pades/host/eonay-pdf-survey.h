#pragma once

#include "signature/pades/eonay-pdf-box.h"
#include "signature/pades/eonay-pdf-finding.h"
#include "signature/pades/host/eonay-pdf-source.h"
#include "signature/pades/host/eonay-pdf-xref.h"

G_BEGIN_DECLS

/**
 * EonayPdfSurvey: what has been found out of a PDF so far. Its parts are made in this order: tail,
 * cross-reference, pages, annotations, fields, content, plan.
 *
 * @max_id: the highest object number that is or was used, or is referred to
 * @xref: offset that the last startxref names
 * @is_stream: whether a cross-reference stream is there
 * @entries: what the cross-reference says
 * @is_linearized: whether it is, with tables
 * @is_repaired: whether some readers repair it whatever else is in it
 * @dangling: numbers of objects that are referred to and are none
 * @catalog, @form: objects; 0 for none
 * @pages: (element-type guint): page objects
 * @boxes: (element-type EonayPdfBox): as many
 * @page_numbers: id of a page → its number
 * @annotation_pages: id of an annotation → number of its page
 * @annotation_arrays: id of an array of annotations → number of pages that use it
 * @form_nodes: ids of the fields and widgets that the form knows
 * @layers: ids of the layers that the catalog lists → whether they are shown
 * @hides_layers: whether one is hidden of which nothing is said
 * @findings: (kind, page) → count
 * @signatures, @empty: (nullable): of the report's types
 * @names: names of the topmost fields
 */
typedef struct {
  EonayPdfSource *source;
  const guint8 *bytes;
  gsize length;
  guint max_id;
  guint64 xref;
  gboolean is_stream;
  EonayPdfXref *entries;
  gboolean is_linearized;
  gboolean is_repaired;
  GHashTable *dangling;
  guint catalog;
  guint form;
  GArray *pages;
  GArray *boxes;
  GHashTable *page_numbers;
  GHashTable *annotation_pages;
  GHashTable *annotation_arrays;
  GHashTable *form_nodes;
  GHashTable *layers;
  gboolean hides_layers;
  GHashTable *findings;
  GVariant *signatures;
  GVariant *empty;
  GHashTable *names;
} EonayPdfSurvey;

EonayPdfSurvey *eonay_pdf_survey_new (const guint8 *bytes, gsize length);
void eonay_pdf_survey_free (EonayPdfSurvey *self);

void eonay_pdf_survey_add (EonayPdfSurvey *self, EonayPdfFindingKind kind, guint page);

/** Returns: (transfer floating): the findings in the report's type, sorted */
GVariant *eonay_pdf_survey_list_findings (EonayPdfSurvey *self);

/*
 * Each part returns %FALSE with an EonaySignatureError if the file cannot be signed because of it.
 */

/** What is at the file's two ends, without qpdf. */
gboolean eonay_pdf_survey_read_tail (EonayPdfSurvey *self, GError **error);

/** Reads the cross-reference, without qpdf, and opens the source if each object is where it says. */
gboolean eonay_pdf_survey_open (EonayPdfSurvey *self, GError **error);
gboolean eonay_pdf_survey_read_pages (EonayPdfSurvey *self, GError **error);

/** That readers which repair the file get the same objects; most do if one is missing. */
gboolean eonay_pdf_survey_check_repaired (EonayPdfSurvey *self, GError **error);

/** Also finds what annotations hide and cover. */
gboolean eonay_pdf_survey_read_annotations (EonayPdfSurvey *self, GError **error);
gboolean eonay_pdf_survey_read_fields (EonayPdfSurvey *self, GError **error);

/**
 * eonay_pdf_survey_read_range:
 * @value: a signature
 * @holder: the object that has it as /V; 0 if that is none
 *
 * Returns: the length of what it covers, its own octets excepted: all of the file as it once was
 *   (ISO 32000-1, clause 12.8.1); 0 if that is not what its /ByteRange says
 */
guint64 eonay_pdf_survey_read_range (EonayPdfSurvey *self, guint value, guint holder);

/** Returns: /TransformParams of the method (clause 12.8.2); 0 if the signature has none */
guint eonay_pdf_survey_find_transform (EonayPdfSurvey *self, guint value, const char *method);

/**
 * eonay_pdf_survey_read_permissions:
 * @is_certification: whether the catalog says that it is one
 *
 * Returns: what it still allows; 0 if it is no certification. The default is 2: forms may be filled and
 *   signed (table 254)
 */
guint eonay_pdf_survey_read_permissions (EonayPdfSurvey *self, guint value,
                                         gboolean is_certification);

/**
 * eonay_pdf_survey_read_lock:
 * @object: a dictionary with /Action, /Fields and perhaps /P, as a lock and FieldMDP's parameters are
 *
 * Returns: (transfer floating): of the type %EONAY_PDF_LOCK_TYPE
 */
GVariant *eonay_pdf_survey_read_lock (EonayPdfSurvey *self, guint object);

/** What the pages drew when the first signature was made, if anything came after it. */
gboolean eonay_pdf_survey_read_revisions (EonayPdfSurvey *self, GError **error);

/** Of a field, its own or inherited: /FT, /V, /Ff. */
typedef struct {
  guint type;
  guint value;
  gint64 flags;
} EonayPdfFieldValue;

/** Returns: whether it is certain that @widget shows something else than its field's value */
gboolean eonay_pdf_survey_shows_other_value (EonayPdfSurvey *self, guint field, guint widget,
                                             const EonayPdfFieldValue *value);

void eonay_pdf_survey_read_layers (EonayPdfSurvey *self);

/** Adds what is to be said of @object if it is a layer. */
void eonay_pdf_survey_find_layer (EonayPdfSurvey *self, guint object);

/** Every object that can be reached, once. */
gboolean eonay_pdf_survey_read_content (EonayPdfSurvey *self, GError **error);

/**
 * eonay_pdf_survey_plan:
 * @page: the one that gets a new field, from 1 on
 *
 * Returns: (transfer full) (nullable): the plan in the report's type
 */
GVariant *eonay_pdf_survey_plan (EonayPdfSurvey *self, guint page, GError **error);

/** That each object is where the cross-reference says. */
gboolean eonay_pdf_survey_read_xref (EonayPdfSurvey *self, GError **error);

/** That each object stream has what the cross-reference says, and nothing twice. */
gboolean eonay_pdf_survey_check_packed (EonayPdfSurvey *self, GError **error);

/** That the object streams are not many times what they are in the file; without qpdf. */
gboolean eonay_pdf_survey_measure_packed (EonayPdfSurvey *self, GError **error);

/** Returns: (transfer full) (nullable): the first @length bytes of a stream, or what there is, decoded */
GByteArray *eonay_pdf_survey_get_beginning (EonayPdfSurvey *self, guint stream, gsize length);

/** Reads a rectangle (clause 7.9.5), the lower left corner first. Returns: whether @object is one */
gboolean eonay_pdf_survey_read_rectangle (EonayPdfSurvey *self, guint object, EonayPdfBox *box);

gboolean eonay_pdf_survey_fail (GError **error, int code, const char *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPdfSurvey, eonay_pdf_survey_free)

G_END_DECLS
