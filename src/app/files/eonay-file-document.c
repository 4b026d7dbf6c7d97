#include "app/files/eonay-file-document.h"

#include <glib/gi18n-lib.h>

#include "session/eonay-finding-words.h"

#define TEXT_TYPE "text/plain; charset=utf-8"
#define PDF_TYPE "application/pdf"

/* Of an EonayOwnFile: EonaySeenPages. */
#define SEEN_KEY "eonay-seen-pages"

static const char *
get_media_type (EonayOwnFileKind kind)
{
  switch (kind)
    {
    case EONAY_OWN_FILE_PDF:
      return PDF_TYPE;
    case EONAY_OWN_FILE_TEXT:
      return TEXT_TYPE;
    default:
      return NULL;
    }
}

EonayDocument *
eonay_file_document_new (EonayOwnFile *file)
{
  const char *media_type = get_media_type (eonay_own_file_get_kind (file));
  g_autoptr (EonayDocument) document = NULL;

  if (media_type == NULL || eonay_own_file_get_content (file) == NULL)
    return NULL;

  document = eonay_document_new ("own", eonay_own_file_get_name (file), media_type,
                                 eonay_own_file_get_size (file), eonay_own_file_get_digest (file),
                                 "", EONAY_FORMAT_CADES_DETACHED, "");

  eonay_document_set_hashed_content (document, eonay_own_file_get_content (file));

  return g_steal_pointer (&document);
}

static gboolean
is_in (EonayOwnFile *file, EonayPdfView *view)
{
  EonayPageSource *source = eonay_pdf_view_get_source (view);

  return source != NULL &&
         eonay_page_source_get_document (source) == eonay_own_file_get_content (file);
}

/* Returns: (transfer full): what drawing has shown of @file, once it is all known */
static GStrv
list_drawn (EonayOwnFile *file, EonayPdfView *view, gboolean all)
{
  EonayPageFindings *findings = is_in (file, view) ? eonay_pdf_view_get_findings (view) : NULL;

  return findings != NULL && eonay_page_findings_is_over (findings)
             ? eonay_page_findings_list (findings, all)
             : g_new0 (char *, 1);
}

static GArray *
get_incomplete (EonayOwnFile *file, EonayPdfView *view)
{
  return is_in (file, view) ? eonay_page_view_get_incomplete (eonay_pdf_view_get_pages (view))
                            : NULL;
}

GStrv
eonay_file_document_list_warnings (EonayOwnFile *file, EonayPdfView *view, gboolean all)
{
  EonayPdfInspection *inspection = eonay_own_file_get_inspection (file);
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_auto (GStrv) drawn = list_drawn (file, view, all);
  g_auto (GStrv) found = NULL;
  const EonayPdfFinding *findings = NULL;
  guint n_findings = 0;

  if (inspection != NULL)
    findings = eonay_pdf_inspection_get_findings (inspection, &n_findings);
  found = eonay_finding_words_list_drawn (findings, n_findings, get_incomplete (file, view), all);
  g_strv_builder_addv (list, (const char **) found);
  g_strv_builder_addv (list, (const char **) drawn);

  return g_strv_builder_end (list);
}

guint
eonay_file_document_count_drawn (EonayOwnFile *file, EonayPdfView *view)
{
  GArray *incomplete = get_incomplete (file, view);
  g_auto (GStrv) drawn = list_drawn (file, view, FALSE);

  return (incomplete != NULL ? incomplete->len : 0) + g_strv_length (drawn);
}

void
eonay_file_document_keep_seen (EonayOwnFile *file, EonayPdfView *view)
{
  EonaySeenPages *seen = eonay_page_view_get_seen (eonay_pdf_view_get_pages (view));

  if (seen != NULL && is_in (file, view))
    g_object_set_data_full (G_OBJECT (file), SEEN_KEY, eonay_seen_pages_ref (seen),
                            (GDestroyNotify) eonay_seen_pages_unref);
}

EonaySeenPages *
eonay_file_document_get_seen (EonayOwnFile *file)
{
  return eonay_own_file_is_drawn_unread (file) ? NULL
                                               : g_object_get_data (G_OBJECT (file), SEEN_KEY);
}

const char *
eonay_file_document_describe_unshown (EonayOwnFile *file)
{
  if (eonay_own_file_get_kind (file) == EONAY_OWN_FILE_SIGNATURE)
    return _ ("This file holds a signature. e-Onay does not check signatures: use another program "
              "for that. If you sign the file, your signature is added to it.");

  return _ ("e-Onay cannot show this file. Look at it in its own program before you sign it.");
}
