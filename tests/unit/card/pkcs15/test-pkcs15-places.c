#include <string.h>

#include "card/apdu/eonay-atr.h"
#include "card/pkcs15/eonay-pkcs15-algorithm.h"
#include "card/pkcs15/eonay-pkcs15-application.h"
#include "card/pkcs15/eonay-pkcs15-parser.h"
#include "support/test-slots.h"

#define AID "a000000063504b43532d3135"

static GArray *
parse_dir (const char *hex)
{
  g_autoptr (GBytes) bytes = test_from_hex (hex);

  return eonay_pkcs15_application_parse_dir (g_bytes_get_data (bytes, NULL),
                                             g_bytes_get_size (bytes));
}

static void
assert_application (GArray *applications, guint index, const char *aid, const char *df)
{
  const EonayPkcs15Application *application = &g_array_index (applications, EonayPkcs15Application,
                                                              index);
  g_autoptr (GBytes) expected_aid = test_from_hex (aid);
  g_autoptr (GBytes) expected_df = test_from_hex (df);
  gsize length;
  const guint8 *name = eonay_pkcs15_application_get_name (application, &length);

  g_assert_cmpmem (application->aid, application->aid_length, g_bytes_get_data (expected_aid, NULL),
                   g_bytes_get_size (expected_aid));
  g_assert_cmpmem (application->df, application->df_length, g_bytes_get_data (expected_df, NULL),
                   g_bytes_get_size (expected_df));
  g_assert_cmpuint (length, >, 0);
  g_assert_true (name == (application->aid_length > 0 ? application->aid : application->df));
}

/* Other programs' applications are none of ours; ours are tried by name and then by path. */
static void
test_directory_of_applications (void)
{
  g_autoptr (GArray) applications = parse_dir ("610f"
                                               "4f06d27600012401"
                                               "5005504f535441"
                                               "6113"
                                               "4f0ca000000063504b43532d3135"
                                               "51033f0050"
                                               "6114"
                                               "4f0ca000000063504b43532d3135"
                                               "51043f007f15"
                                               "6115"
                                               "4f0da000000063504b43532d313502"
                                               "51045016"
                                               "5017"
                                               "610f"
                                               "4f0da000000063504b43532d313503"
                                               "00000000");

  g_assert_cmpuint (applications->len, ==, 4);
  assert_application (applications, 0, "", "7f15");
  assert_application (applications, 1, AID "02", "50165017");
  assert_application (applications, 2, "", "50165017");
  assert_application (applications, 3, AID "03", "");
}

static void
test_directory_of_the_fixture (void)
{
  g_autoptr (GBytes) file = test_read_file ("files/3f002f00.bin");
  g_autoptr (GArray) applications =
      eonay_pkcs15_application_parse_dir (g_bytes_get_data (file, NULL), g_bytes_get_size (file));

  g_assert_cmpuint (applications->len, ==, 1);
  assert_application (applications, 0, "", "5015");
}

static void
test_directory_survives_any_bytes (void)
{
  g_autoptr (GBytes) file = test_read_file ("files/3f002f00.bin");
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file, &length);

  for (guint i = 0; i < 5000; i++)
    {
      gsize cut = (gsize) g_test_rand_int_range (1, (gint32) length);
      g_autofree guint8 *mutated = g_memdup2 (bytes, cut);
      g_autoptr (GArray) applications = NULL;

      for (int flips = g_test_rand_int_range (0, 4); flips > 0; flips--)
        mutated[g_test_rand_int_range (0, (gint32) cut)] = (guint8) g_test_rand_int ();
      applications = eonay_pkcs15_application_parse_dir (mutated, cut);
      for (guint a = 0; a < applications->len; a++)
        {
          const EonayPkcs15Application *application = &g_array_index (applications,
                                                                      EonayPkcs15Application, a);

          g_assert_cmpuint (application->aid_length, <=, EONAY_PKCS15_AID_MAX);
          g_assert_cmpuint (application->df_length, <=, EONAY_PKCS15_PATH_MAX);
          g_assert_cmpuint (application->df_length % 2, ==, 0);
        }
    }
}

/* A directory may lead to more directories of its kind, among its objects. */
static void
test_further_directories (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GArray) further = g_array_new (FALSE, FALSE, sizeof (EonayPkcs15Path));
  g_autoptr (GBytes) bytes = test_from_hex ("3004"
                                            "04024414"
                                            "3023"
                                            "3007"
                                            "0c0141"
                                            "8a020102"
                                            "3007"
                                            "040145"
                                            "8a020102"
                                            "a10c"
                                            "300a"
                                            "3004"
                                            "04022f10"
                                            "8a020102"
                                            "8b0101"
                                            "300b"
                                            "04024415"
                                            "02013c"
                                            "800200fa");
  const EonayPkcs15Path *path;

  g_assert_cmpuint (eonay_pkcs15_parser_read_objects (objects, EONAY_PKCS15_CERTIFICATES,
                                                      g_bytes_get_data (bytes, NULL),
                                                      g_bytes_get_size (bytes), further),
                    ==, 1);
  g_assert_cmpuint (further->len, ==, 2);
  path = &g_array_index (further, EonayPkcs15Path, 0);
  g_assert_cmpmem (path->bytes, path->length, "\x44\x14", 2);
  path = &g_array_index (further, EonayPkcs15Path, 1);
  g_assert_cmpmem (path->bytes, path->length, "\x44\x15", 2);
  g_assert_cmpuint (path->offset, ==, 60);
  g_assert_cmpuint (path->count, ==, 250);
}

/* userConsent (8.2.8) is behind the identifier of the PIN. */
static void
test_keys_that_want_consent (void)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GBytes) bytes = test_from_hex ("301d"
                                            "3009"
                                            "0c0141"
                                            "040111"
                                            "020101"
                                            "3008"
                                            "040145"
                                            "03030640"
                                            "00"
                                            "a106"
                                            "3004"
                                            "3002"
                                            "0400"
                                            "301a"
                                            "3006"
                                            "0c0141"
                                            "040111"
                                            "3008"
                                            "040146"
                                            "03030640"
                                            "00"
                                            "a106"
                                            "3004"
                                            "3002"
                                            "0400");

  g_assert_cmpuint (eonay_pkcs15_parser_read_objects (objects, EONAY_PKCS15_PRIVATE_KEYS,
                                                      g_bytes_get_data (bytes, NULL),
                                                      g_bytes_get_size (bytes), NULL),
                    ==, 2);
  g_assert_true (((EonayPkcs15Key *) g_ptr_array_index (objects->keys, 0))->user_consent);
  g_assert_false (((EonayPkcs15Key *) g_ptr_array_index (objects->keys, 1))->user_consent);
}

static void
test_ef_atr (void)
{
  static const struct {
    const char *content;
    gboolean extended;
  } rows[] = {
    { "", FALSE },
    { "4703a0b0c0", TRUE },
    { "4703a0b080", FALSE },
    { "4702a0b0", FALSE },
    { "430101"
      "7f660802020400"
      "02020400",
      TRUE },
    { "7f6608", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GBytes) content = test_from_hex (rows[i].content);

      g_assert_true (eonay_atr_file_allows_extended_length (g_bytes_get_data (content, NULL),
                                                            g_bytes_get_size (content)) ==
                     rows[i].extended);
    }
}

/* TokenInfo: version 1, serial number 0400, @maker, label "A". */
static char *
read_maker (const char *maker)
{
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 length = (guint8) strlen (maker);
  const guint8 before[] = {
    0x30, (guint8) (length + 12), 0x02, 0x01, 0x00, 0x04, 0x02, 0x04, 0x00, 0x0C, length
  };
  const guint8 after[] = { 0x80, 0x01, 'A' };

  g_byte_array_append (bytes, before, sizeof before);
  g_byte_array_append (bytes, (const guint8 *) maker, length);
  g_byte_array_append (bytes, after, sizeof after);
  eonay_pkcs15_parser_read_token_info (objects, bytes->data, bytes->len);
  g_assert_cmpstr (objects->label, ==, "A");

  return g_steal_pointer (&objects->manufacturer);
}

/* The maker that a card names tells the module, and, of one family, how it signs. */
static void
test_makers (void)
{
  const struct {
    const char *maker;
    const char *module;
    gboolean signs;
  } rows[] = {
    { "Aventra Ltd.", "opensc-pkcs11.so", TRUE },
    { "A.E.T. Europe B.V.", "libaetpkss.so", FALSE },
    { "Siemens AG (C)", "libsiecap11.so", FALSE },
    { "OpenSC Project", "opensc-pkcs11.so", FALSE },
    { "unknown", NULL, FALSE },
    { "", NULL, FALSE },
  };
  g_autoptr (EonayPkcs15Objects) objects = eonay_pkcs15_objects_new ();
  g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (guint));
  const EonayPkcs15Algorithm raw = { .reference = 1, .mechanism = 0x0003, .card_reference = 0x7F };
  const EonayPkcs15Key rsa = { .rsa = TRUE, .algorithms = none };
  const EonayPkcs15Key ec = { .rsa = FALSE, .algorithms = none };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *maker = read_maker (rows[i].maker);
      const EonayPkcs15Facts *facts = eonay_pkcs15_facts_find_by_manufacturer (maker);

      g_test_message ("%s", rows[i].maker);
      g_assert_cmpstr (facts->module, ==, rows[i].module);
      g_assert_true (eonay_pkcs15_algorithm_is_known (objects, facts, &rsa) == rows[i].signs);
      g_assert_true (eonay_pkcs15_algorithm_is_known (objects, facts, &ec) == rows[i].signs);
      g_assert_true (rows[i].signs || !facts->empty_verify);
    }

  /* What the card itself tells is enough, for the kind of key that it tells of. */
  g_array_append_val (objects->algorithms, raw);
  g_assert_true (
      eonay_pkcs15_algorithm_is_known (objects, eonay_pkcs15_facts_get_standard (), &rsa));
  g_assert_false (
      eonay_pkcs15_algorithm_is_known (objects, eonay_pkcs15_facts_get_standard (), &ec));
  g_assert_true (eonay_pkcs15_facts_find_by_manufacturer (NULL) ==
                 eonay_pkcs15_facts_get_standard ());
}

/* One answer to reset of the family; the others end alike. */
static void
test_knows_myeid (void)
{
  g_autoptr (GBytes) atr = test_from_hex ("3bf51800008131fe454d79454944"
                                          "9a");
  gsize length;
  const guint8 *bytes = g_bytes_get_data (atr, &length);
  g_autoptr (GPtrArray) candidates = eonay_pkcs15_facts_candidates (bytes, length);
  const EonayPkcs15Facts *first = candidates->pdata[0];

  g_assert_cmpstr (first->model, ==, "MyEID");
  g_assert_true (first->names_key_file && first->empty_verify);
  g_assert_cmpint (first->puk->format.pad, ==, 0xFF);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/card/pkcs15-places/directory-of-applications", test_directory_of_applications);
  g_test_add_func ("/card/pkcs15-places/directory-of-the-fixture", test_directory_of_the_fixture);
  g_test_add_func ("/card/pkcs15-places/directory-survives", test_directory_survives_any_bytes);
  g_test_add_func ("/card/pkcs15-places/further-directories", test_further_directories);
  g_test_add_func ("/card/pkcs15-places/consent", test_keys_that_want_consent);
  g_test_add_func ("/card/pkcs15-places/ef-atr", test_ef_atr);
  g_test_add_func ("/card/pkcs15-places/makers", test_makers);
  g_test_add_func ("/card/pkcs15-places/knows-myeid", test_knows_myeid);

  return g_test_run ();
}
