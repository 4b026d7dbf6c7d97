#include <glib/gi18n-lib.h>

#include "app/document/eonay-page-findings.h"
#include "session/eonay-finding-words.h"

/* Of a list that can be unfolded. */
#define FONTS_NAMED_MAX 5u

static char *
name_pages (GArray *pages, gboolean all)
{
  g_autofree guint *numbers = g_new (guint, pages->len);

  for (guint i = 0; i < pages->len; i++)
    numbers[i] = g_array_index (pages, guint, i) + 1;

  return eonay_finding_words_name_pages (numbers, pages->len, all);
}

static char *
name_fonts (GPtrArray *fonts, gboolean all)
{
  guint n_named = all ? fonts->len : MIN (fonts->len, FONTS_NAMED_MAX);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n_named; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", (const char *) fonts->pdata[i]);
  if (fonts->len > n_named)
    g_string_append_printf (
        text, g_dngettext (GETTEXT_PACKAGE, " and %u more", " and %u more", fonts->len - n_named),
        fonts->len - n_named);

  return g_string_free (text, FALSE);
}

static void
add_sentence (GStrvBuilder *list, const char *sentence, const char *named)
{
  g_autofree char *whole = g_strdup_printf ("%s %s", sentence, named);

  g_strv_builder_add (list, whole);
}

GStrv
eonay_page_findings_list (EonayPageFindings *self, gboolean all)
{
  g_autoptr (GStrvBuilder) list = g_strv_builder_new ();
  g_autofree char *otherwise = NULL;
  g_autofree char *unknown = NULL;
  g_autofree char *fonts = NULL;

  g_return_val_if_fail (EONAY_IS_PAGE_FINDINGS (self), NULL);

  otherwise = name_pages (eonay_page_findings_get_printed_otherwise (self), all);
  unknown = name_pages (eonay_page_findings_get_unknown (self), all);
  fonts = name_fonts (eonay_page_findings_get_missing_fonts (self), all);
  if (*otherwise != '\0')
    add_sentence (list, _ ("Printed otherwise than it is shown here; pages:"), otherwise);
  if (*unknown != '\0')
    add_sentence (list, _ ("How they are printed could not be found out; pages:"), unknown);
  if (*fonts != '\0')
    add_sentence (
        list,
        _ ("May look otherwise on another computer, because fonts are not part of the document:"),
        fonts);

  return g_strv_builder_end (list);
}
