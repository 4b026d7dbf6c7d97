#include "session/eonay-finding-words.h"

#include <glib/gi18n-lib.h>

/* Of a list that can be unfolded. */
#define RANGES_NAMED_MAX 5

static const char *const sentences[] = {
  [EONAY_PDF_FINDING_JAVASCRIPT] =
      N_ ("It contains a script (JavaScript) that other programs may run."),
  [EONAY_PDF_FINDING_OPEN_ACTION] =
      N_ ("In other programs, something is done by itself as soon as it is opened."),
  [EONAY_PDF_FINDING_ADDITIONAL_ACTION] =
      N_ ("In other programs, something is done by itself when a page or a field is reached."),
  [EONAY_PDF_FINDING_LAUNCH] = N_ ("It can start a program or open another file."),
  [EONAY_PDF_FINDING_SUBMIT_FORM] =
      N_ ("It can send what is filled in to an address on the internet."),
  [EONAY_PDF_FINDING_IMPORT_DATA] = N_ ("It can fill in its fields from another file."),
  [EONAY_PDF_FINDING_OTHER_DOCUMENT] =
      N_ ("It leads to another document, which is not signed with it."),
  [EONAY_PDF_FINDING_HIDE_ACTION] = N_ ("It can show or hide parts of its pages."),
  [EONAY_PDF_FINDING_MULTIMEDIA] = N_ ("It contains sound, video or a 3D model."),
  [EONAY_PDF_FINDING_OTHER_ACTION] = N_ ("It contains an action of an unknown kind."),
  [EONAY_PDF_FINDING_LINK] = N_ ("It contains links; e-Onay does not follow them."),
  [EONAY_PDF_FINDING_EMBEDDED_FILE] =
      N_ ("Other files are inside it: they are signed with it, and e-Onay does not show them."),
  [EONAY_PDF_FINDING_XFA] =
      N_ ("It contains a second form (XFA), which other programs show instead of these pages."),
  [EONAY_PDF_FINDING_EXTERNAL_STREAM] = N_ ("Part of its content lies in another file."),
  [EONAY_PDF_FINDING_REFERENCE_XOBJECT] = N_ ("It shows a page of another file."),
  [EONAY_PDF_FINDING_ALTERNATE_IMAGE] =
      N_ ("On paper, another picture may stand where a picture is on the screen."),
  [EONAY_PDF_FINDING_OPTIONAL_CONTENT] = N_ ("It has layers that can be shown and hidden."),
  [EONAY_PDF_FINDING_CONTENT_STATE] =
      N_ ("A layer of it is not the same on the screen and on paper."),
  [EONAY_PDF_FINDING_HIDDEN_ANNOTATION] = N_ ("A note or a field on it is hidden."),
  [EONAY_PDF_FINDING_NO_VIEW_ANNOTATION] = N_ ("Something is printed that is not on the screen."),
  [EONAY_PDF_FINDING_NO_PRINT_ANNOTATION] = N_ ("Something is on the screen that is not printed."),
  [EONAY_PDF_FINDING_COVERING_ANNOTATION] =
      N_ ("Something covers part of a page, and could be taken away later."),
  [EONAY_PDF_FINDING_NO_APPEARANCE] = N_ ("A note or a field may look different in each program."),
  [EONAY_PDF_FINDING_NEEDS_APPEARANCES] =
      N_ ("Each program draws its form fields anew; they may look different there."),
  [EONAY_PDF_FINDING_UNREFERENCED_FIELD] = N_ ("A field on a page does not belong to its form."),
  [EONAY_PDF_FINDING_VALUE_DIFFERS] = N_ ("A field holds something else than it shows."),
  [EONAY_PDF_FINDING_FORM_FIELD] = N_ ("It has fields that can be filled in."),
  [EONAY_PDF_FINDING_UNUSED_PAGE] = N_ ("It contains a page that is not shown."),
  [EONAY_PDF_FINDING_OVERRIDDEN] = N_ ("A page was changed after an earlier signature."),
  [EONAY_PDF_FINDING_BAD_SIGNATURE] =
      N_ ("An earlier signature does not cover what it is said to cover."),
  [EONAY_PDF_FINDING_USAGE_RIGHTS] =
      N_ ("Special rights that Adobe gave it may end when it is signed."),
};

G_STATIC_ASSERT (G_N_ELEMENTS (sentences) == EONAY_PDF_N_FINDINGS);

gboolean
eonay_finding_words_is_warning (EonayPdfFindingKind kind)
{
  return kind != EONAY_PDF_FINDING_LINK && kind != EONAY_PDF_FINDING_FORM_FIELD;
}

const char *
eonay_finding_words_describe (EonayPdfFindingKind kind)
{
  g_return_val_if_fail ((guint) kind < EONAY_PDF_N_FINDINGS, "");

  return _ (sentences[kind]);
}

static void
append_range (GString *text, guint first, guint last)
{
  const char *separator = text->len > 0 ? ", " : "";

  if (first == last)
    g_string_append_printf (text, "%s%u", separator, first);
  else
    g_string_append_printf (text, "%s%u–%u", separator, first, last);
}

char *
eonay_finding_words_name_pages (const guint *pages, guint n_pages, gboolean all)
{
  GString *text = g_string_new (NULL);
  guint n_ranges = 0;
  guint next = 0;

  while (next < n_pages && (all || n_ranges < RANGES_NAMED_MAX))
    {
      guint first = next++;

      while (next < n_pages && pages[next] <= pages[next - 1] + 1)
        next++;
      append_range (text, pages[first], pages[next - 1]);
      n_ranges++;
    }
  if (next < n_pages)
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", n_pages - next),
        n_pages - next);

  return g_string_free (text, FALSE);
}

static char *
describe_on_pages (const char *sentence, const guint *pages, guint n_pages, gboolean all)
{
  g_autofree char *named = NULL;

  if (n_pages == 0)
    return g_strdup (sentence);

  named = eonay_finding_words_name_pages (pages, n_pages, all);

  /* TRANSLATORS: a sentence, and the number of a page, or of several: "1–3, 5". */
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s (page %s)", "%s (pages %s)", n_pages),
                          sentence, named);
}

static char *
describe_group (const EonayPdfFinding *findings, guint n_findings, gboolean all)
{
  g_autoptr (GArray) pages = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n_findings; i++)
    if (findings[i].page != 0)
      g_array_append_val (pages, findings[i].page);

  return describe_on_pages (eonay_finding_words_describe (findings[0].kind),
                            (const guint *) (gpointer) pages->data, pages->len, all);
}

static int
compare_pages (gconstpointer a, gconstpointer b)
{
  const guint *one = a;
  const guint *other = b;

  return (*one > *other) - (*one < *other);
}

/* Returns: (transfer full) */
static char *
describe_incomplete (GArray *incomplete, gboolean all)
{
  g_autoptr (GArray) pages = g_array_copy (incomplete);

  g_array_sort (pages, compare_pages);
  for (guint i = 0; i < pages->len; i++)
    g_array_index (pages, guint, i)++;

  return describe_on_pages (
      _ ("Something could not be drawn because it is damaged or missing; others may see more than you do"),
      (const guint *) (gpointer) pages->data, pages->len, all);
}

GStrv
eonay_finding_words_list_drawn (const EonayPdfFinding *findings, guint n_findings,
                                GArray *incomplete, gboolean all)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_auto (GStrv) found = eonay_finding_words_list (findings, n_findings, TRUE, all);
  g_autofree char *drawn = NULL;

  if (incomplete != NULL && incomplete->len > 0)
    {
      drawn = describe_incomplete (incomplete, all);
      g_strv_builder_add (list, drawn);
    }
  g_strv_builder_addv (list, (const char **) found);

  return g_strv_builder_end (list);
}

GStrv
eonay_finding_words_list (const EonayPdfFinding *findings, guint n_findings, gboolean warnings,
                          gboolean all)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  guint end;

  for (guint start = 0; start < n_findings; start = end)
    {
      g_autofree char *sentence = NULL;

      end = start + 1;
      while (end < n_findings && findings[end].kind == findings[start].kind)
        end++;
      if (eonay_finding_words_is_warning (findings[start].kind) != warnings)
        continue;

      sentence = describe_group (findings + start, end - start, all);
      g_strv_builder_add (list, sentence);
    }

  return g_strv_builder_end (list);
}
