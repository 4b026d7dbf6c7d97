#include <string.h>

#include "session/eonay-finding-words.h"

static void
test_each_kind (void)
{
  g_autoptr (GHashTable) sentences = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint kind = 0; kind < EONAY_PDF_N_FINDINGS; kind++)
    {
      const char *sentence = eonay_finding_words_describe ((EonayPdfFindingKind) kind);

      g_assert_true (g_str_has_suffix (sentence, "."));
      g_assert_true (g_hash_table_add (sentences, (char *) sentence));
    }
}

static void
test_warnings (void)
{
  const EonayPdfFindingKind harmful[] = {
    EONAY_PDF_FINDING_JAVASCRIPT,        EONAY_PDF_FINDING_LAUNCH,
    EONAY_PDF_FINDING_EMBEDDED_FILE,     EONAY_PDF_FINDING_XFA,
    EONAY_PDF_FINDING_HIDDEN_ANNOTATION, EONAY_PDF_FINDING_COVERING_ANNOTATION,
    EONAY_PDF_FINDING_OVERRIDDEN,
  };

  for (gsize i = 0; i < G_N_ELEMENTS (harmful); i++)
    g_assert_true (eonay_finding_words_is_warning (harmful[i]));
  g_assert_false (eonay_finding_words_is_warning (EONAY_PDF_FINDING_LINK));
  g_assert_false (eonay_finding_words_is_warning (EONAY_PDF_FINDING_FORM_FIELD));
}

/* A kind has one sentence, with the pages that have it. */
static void
test_list (void)
{
  const EonayPdfFinding findings[] = {
    { EONAY_PDF_FINDING_JAVASCRIPT, 0, 3 },
    { EONAY_PDF_FINDING_LINK, 1, 2 },
    { EONAY_PDF_FINDING_LINK, 4, 1 },
    { EONAY_PDF_FINDING_EMBEDDED_FILE, 0, 1 },
    { EONAY_PDF_FINDING_EMBEDDED_FILE, 7, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 1, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 2, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 3, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 4, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 5, 1 },
    { EONAY_PDF_FINDING_HIDDEN_ANNOTATION, 6, 1 },
  };
  g_auto (GStrv) warnings = eonay_finding_words_list (findings, G_N_ELEMENTS (findings), TRUE,
                                                      FALSE);
  g_auto (GStrv) notes = eonay_finding_words_list (findings, G_N_ELEMENTS (findings), FALSE, FALSE);
  g_auto (GStrv) none = eonay_finding_words_list (NULL, 0, TRUE, FALSE);

  g_assert_cmpuint (g_strv_length (warnings), ==, 3);
  g_assert_cmpstr (warnings[0], ==, eonay_finding_words_describe (EONAY_PDF_FINDING_JAVASCRIPT));
  g_assert_true (g_str_has_suffix (warnings[1], " (page 7)"));
  g_assert_true (g_str_has_suffix (warnings[2], " (pages 1–6)"));
  g_assert_cmpuint (g_strv_length (notes), ==, 1);
  g_assert_true (g_str_has_suffix (notes[0], " (pages 1, 4)"));
  g_assert_cmpuint (g_strv_length (none), ==, 0);
}

/* Of a long list the rest is counted, and can be had. */
static void
test_name_pages (void)
{
  const guint pages[] = { 1, 2, 3, 5, 7, 9, 11, 12, 14, 20 };
  g_autofree char *some = eonay_finding_words_name_pages (pages, G_N_ELEMENTS (pages), FALSE);
  g_autofree char *all = eonay_finding_words_name_pages (pages, G_N_ELEMENTS (pages), TRUE);

  g_assert_cmpstr (some, ==, "1–3, 5, 7, 9, 11–12 and 2 more");
  g_assert_cmpstr (all, ==, "1–3, 5, 7, 9, 11–12, 14, 20");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/finding-words/each-kind", test_each_kind);
  g_test_add_func ("/session/finding-words/warnings", test_warnings);
  g_test_add_func ("/session/finding-words/list", test_list);
  g_test_add_func ("/session/finding-words/name-pages", test_name_pages);

  return g_test_run ();
}
