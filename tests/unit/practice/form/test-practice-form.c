#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "practice/form/eonay-practice-barcode.h"
#include "practice/form/eonay-practice-form.h"
#include "practice/form/eonay-practice-sheet.h"

#define CHARACTER_MODULES 11
#define STOP_MODULES 13

static guint
count_modules (GArray *widths)
{
  guint sum = 0;

  for (guint i = 0; i < widths->len; i++)
    sum += g_array_index (widths, guint8, i);

  return sum;
}

static char *
write_widths (const char *text)
{
  g_autoptr (GArray) widths = eonay_practice_barcode_encode (text);
  GString *written = g_string_new (NULL);

  g_assert_nonnull (widths);
  for (guint i = 0; i < widths->len; i++)
    g_string_append_printf (written, "%u", g_array_index (widths, guint8, i));

  return g_string_free (written, FALSE);
}

/* Whole codes, counted out by hand from the tables of ISO/IEC 15417. */
static void
test_barcode_vectors (void)
{
  const struct {
    const char *text;
    const char *widths;
  } vectors[] = {
    /* Start B, W i k i p e d i a, check 88, stop. */
    { "Wikipedia", "211214"
                   "311321"
                   "142112"
                   "241211"
                   "142112"
                   "111242"
                   "112214"
                   "141221"
                   "142112"
                   "121124"
                   "421211"
                   "2331112" },
    /* Start C, 12 34, check 82, stop. */
    { "1234", "211232"
              "112232"
              "131123"
              "121241"
              "2331112" },
    /* Start C, 00, check 2, stop. */
    { "00", "211232"
            "212222"
            "222221"
            "2331112" },
    /* Start B, A, check 34, stop. */
    { "A", "211214"
           "111323"
           "131123"
           "2331112" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (vectors); i++)
    {
      g_autofree char *widths = write_widths (vectors[i].text);

      g_assert_cmpstr (widths, ==, vectors[i].widths);
    }
}

static void
assert_characters (const char *text, guint n_characters)
{
  g_autoptr (GArray) widths = eonay_practice_barcode_encode (text);

  g_assert_nonnull (widths);
  g_assert_cmpuint (count_modules (widths), ==, CHARACTER_MODULES * n_characters + STOP_MODULES);
}

/* Start and check are two characters; each change of the code set is one more. */
static void
test_barcode_is_short (void)
{
  assert_characters ("AB12", 2 + 4);           /* no change: it would save nothing */
  assert_characters ("AB1234", 2 + 2 + 1 + 2); /* pairs to the end */
  assert_characters ("AB1234C", 2 + 7);
  assert_characters ("AB123456C", 2 + 2 + 1 + 3 + 1 + 1);
  assert_characters ("12345", 2 + 2 + 1 + 1); /* an odd digit comes last */
  assert_characters ("A12345", 2 + 1 + 1 + 1 + 2);
  assert_characters ("DENEME-202612345678", 2 + 7 + 1 + 6);
}

static void
test_barcode_refuses (void)
{
  g_autofree char *full = g_strnfill (EONAY_PRACTICE_BARCODE_MAX, 'x');
  g_autofree char *longer = g_strnfill (EONAY_PRACTICE_BARCODE_MAX + 1, 'x');

  g_assert_null (eonay_practice_barcode_encode (""));
  g_assert_null (eonay_practice_barcode_encode ("AYŞE"));
  g_assert_null (eonay_practice_barcode_encode ("A\tB"));
  g_assert_null (eonay_practice_barcode_encode (longer));
  assert_characters (full, 2 + EONAY_PRACTICE_BARCODE_MAX);
}

static void
test_mask (void)
{
  const char *const words[][2] = {
    { "GİZLİSÖZ", "G••••••Z" },
    { "ÇALIŞKAN", "Ç••••••N" },
    { "ab", "ab" },
    { "a", "a" },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *masked = eonay_practice_form_mask (words[i][0]);

      g_assert_cmpstr (masked, ==, words[i][1]);
    }
}

/* Returns: (transfer full): what the command writes */
static char *
run (const char *const *command)
{
  g_autoptr (GError) error = NULL;
  char *output = NULL;
  int status = -1;

  g_spawn_sync (NULL, (char **) command, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL,
                &status, &error);
  g_assert_no_error (error);
  g_assert_true (g_spawn_check_wait_status (status, NULL));

  return output;
}

typedef struct {
  char *folder;
  char *path;
  GBytes *pdf;
} Form;

static void
form_free (Form *form)
{
  g_unlink (form->path);
  g_rmdir (form->folder);
  g_free (form->path);
  g_free (form->folder);
  g_bytes_unref (form->pdf);
  g_free (form);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Form, form_free)

static Form *
make_form (EonayPracticeFormKind kind, const char *transaction)
{
  g_autoptr (GDateTime) created_at = g_date_time_new_utc (2026, 3, 4, 5, 6, 7);
  const EonayPracticeFormFacts facts = {
    .transaction = transaction,
    .national_id = "38573024140",
    .security_word = "ÇALIŞKAN",
    .created_at = created_at,
  };
  g_autoptr (GError) error = NULL;
  Form *form = g_new0 (Form, 1);

  form->folder = g_dir_make_tmp ("eonay-form-XXXXXX", &error);
  g_assert_no_error (error);
  form->path = g_build_filename (form->folder, "form.pdf", NULL);
  form->pdf = eonay_practice_form_new (kind, &facts, &error);
  g_assert_no_error (error);
  g_file_set_contents (form->path, g_bytes_get_data (form->pdf, NULL),
                       (gssize) g_bytes_get_size (form->pdf), &error);
  g_assert_no_error (error);

  return form;
}

/* Returns: (transfer full): the text of each page */
static GStrv
read_pages (Form *form)
{
  g_autofree char *text =
      run ((const char *[]){ "pdftotext", "-enc", "UTF-8", form->path, "-", NULL });

  g_assert_true (g_str_has_suffix (text, "\f"));
  text[strlen (text) - 1] = '\0';

  return g_strsplit (text, "\f", -1);
}

static void
assert_has (const char *text, const char *const *words)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (text, words[i]) == NULL)
      g_error ("No “%s” in:\n%s", words[i], text);
}

/* On every page: that it is practice, which form it is, whose, and which page of how many. */
static void
assert_pages (char **pages, const char *code)
{
  guint n_pages = g_strv_length (pages);

  for (guint i = 0; i < n_pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("Sayfa %u / %u", i + 1, n_pages);

      assert_has (pages[i], (const char *[]){ "DENEME", "imzası geçersizdir", code, number, NULL });
      g_assert_null (strstr (pages[i], "ÇALIŞKAN"));
    }
}

static void
test_application (void)
{
  static const char *const fields[] = {
    "Başvuru nedeni",
    "Yenileme",
    "Kayıp / Çalıntı",
    "Kart okuyucu tipi",
    "Sertifika süresi",
    "3 yıl",
    "Kimlik no",
    "38573024140",
    "AYŞE",
    "Doğum yeri",
    "Doğum tarihi",
    "Güvenlik sözcüğü",
    "Ç••••••N",
    "Kurum adı",
    "Kurum sicil no",
    "Çalıştığı birim",
    "Unvan",
    "Adres",
    "İlçe",
    "Posta kodu",
    "E-posta",
    "İş tel / Dahili",
    "Cep tel",
    "Operatör",
    "Ev tel",
    "Bilgi kanalı",
    "04.03.2026",
    NULL,
  };
  static const char *const end[] = { "Beyan", "beyan ederim", "İmza", "AYŞE DENEME", NULL };
  g_autoptr (Form) form = make_form (EONAY_PRACTICE_FORM_APPLICATION, "a1");
  g_auto (GStrv) pages = read_pages (form);
  guint n_pages = g_strv_length (pages);

  g_assert_cmpuint (n_pages, >, 1);
  assert_pages (pages, "FORM-001-027");
  assert_has (pages[0], fields);
  assert_has (pages[n_pages - 1], end);
}

static void
test_undertaking (void)
{
  static const char *const words[] = { "38573024140", "Yükümlülüklerim", NULL };
  static const char *const end[] = { "taahhüt ederim", "AYŞE DENEME", NULL };
  g_autoptr (Form) form = make_form (EONAY_PRACTICE_FORM_UNDERTAKING, "a1");
  g_auto (GStrv) pages = read_pages (form);

  assert_pages (pages, "FORM-001-042");
  assert_has (pages[0], words);
  assert_has (pages[g_strv_length (pages) - 1], end);
}

/* The pages are A4 each, nothing runs, and a reader without our fonts draws the same. */
static void
test_file (void)
{
  for (guint kind = 0; kind <= EONAY_PRACTICE_FORM_UNDERTAKING; kind++)
    {
      g_autoptr (Form) form = make_form (kind, "a1");
      g_autofree char *facts = run ((const char *[]){ "pdfinfo", form->path, NULL });
      g_autofree char *fonts = run ((const char *[]){ "pdffonts", form->path, NULL });
      g_auto (GStrv) rows = g_strsplit (g_strchomp (fonts), "\n", -1);

      assert_has (facts, (const char *[]){ "DENEME FORM-001-", "(A4)", "JavaScript:      no",
                                           "Encrypted:       no", "PDF version:     1.4", NULL });
      g_assert_cmpuint (g_strv_length (rows), >, 2);
      /* Columns: name, type, encoding, emb, sub, uni, object. */
      for (guint i = 2; rows[i] != NULL; i++)
        g_assert_true (
            g_regex_match_simple (" yes +(yes|no) +(yes|no) +[0-9]+ +[0-9]+$", rows[i], 0, 0));
    }
}

/* Returns: (transfer full): what stands in the barcode of that page */
static char *
read_barcode (Form *form, guint page)
{
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *stem = g_build_filename (form->folder, "page", NULL);
  g_autofree char *image = g_strconcat (stem, ".png", NULL);
  g_autofree char *nothing = run ((const char *[]){ "pdftoppm", "-r", "150", "-png", "-f", number,
                                                    "-l", number, "-singlefile", form->path, stem,
                                                    NULL });
  g_autofree char *read = run ((const char *[]){ "zbarimg", "--nodbus", "--quiet", "--raw",
                                                 "-Sdisable", "-Scode128.enable", image, NULL });

  g_assert_cmpstr (nothing, ==, "");
  g_unlink (image);

  return g_strchomp (g_steal_pointer (&read));
}

/* A reader of barcodes that is not ours reads the number that stands under it, from each page. */
static void
test_barcode_is_read (void)
{
  g_autoptr (Form) form = make_form (EONAY_PRACTICE_FORM_APPLICATION, "a1");
  g_autoptr (Form) other = make_form (EONAY_PRACTICE_FORM_UNDERTAKING, "b2");
  Form *forms[] = { form, other };
  g_auto (GStrv) numbers = g_new0 (char *, G_N_ELEMENTS (forms) + 1);

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_auto (GStrv) pages = read_pages (forms[i]);

      for (guint page = 0; pages[page] != NULL; page++)
        {
          g_autofree char *read = read_barcode (forms[i], page + 1);

          g_assert_true (g_regex_match_simple ("^DENEME-2026[0-9]{8}$", read, 0, 0));
          assert_has (pages[page], (const char *[]){ read, NULL });
          if (numbers[i] != NULL)
            g_assert_cmpstr (numbers[i], ==, read);
          g_free (numbers[i]);
          numbers[i] = g_steal_pointer (&read);
        }
    }

  g_assert_cmpstr (numbers[0], !=, numbers[1]);
}

/* What a portal keeps the digest of, it can make again. */
static void
test_same_again (void)
{
  g_autoptr (Form) form = make_form (EONAY_PRACTICE_FORM_APPLICATION, "a1");
  g_autoptr (Form) again = make_form (EONAY_PRACTICE_FORM_APPLICATION, "a1");
  g_autoptr (Form) other = make_form (EONAY_PRACTICE_FORM_APPLICATION, "a2");

  g_assert_true (g_bytes_equal (form->pdf, again->pdf));
  g_assert_false (g_bytes_equal (form->pdf, other->pdf));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/form/barcode-vectors", test_barcode_vectors);
  g_test_add_func ("/practice/form/barcode-is-short", test_barcode_is_short);
  g_test_add_func ("/practice/form/barcode-refuses", test_barcode_refuses);
  g_test_add_func ("/practice/form/mask", test_mask);
  g_test_add_func ("/practice/form/application", test_application);
  g_test_add_func ("/practice/form/undertaking", test_undertaking);
  g_test_add_func ("/practice/form/file", test_file);
  g_test_add_func ("/practice/form/barcode-is-read", test_barcode_is_read);
  g_test_add_func ("/practice/form/same-again", test_same_again);

  return g_test_run ();
}
