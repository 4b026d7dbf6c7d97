#include "practice/eonay-practice.h"

#include "base/eonay-error.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <sys/stat.h>

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
start (EonayPractice *practice, int card, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  eonay_practice_start_async (practice, card, cancellable, on_started, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return eonay_practice_start_finish (practice, result, error);
}

static void
test_starts_and_leaves_nothing (void)
{
  EonayPractice *practice = eonay_practice_new ();
  EonayPracticeSlots *slots = eonay_practice_get_slots (practice);
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *code = NULL;
  GStatBuf status;

  g_assert_true (EONAY_IS_PRACTICE_SLOTS (slots));
  g_assert_true (start (practice, EONAY_PRACTICE_CARD_VALID, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpint ((int) eonay_practice_card_get_kind (eonay_practice_slots_get_card (slots)), ==,
                   EONAY_PRACTICE_CARD_VALID);
  g_assert_true (g_str_has_prefix (eonay_practice_get_ca_pem (practice), "-----BEGIN CERT"));
  code = eonay_practice_portal_create (eonay_practice_get_portal (practice), "e-onay", 285, NULL,
                                       &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (code), ==, 15);

  folder = g_path_get_dirname (
      eonay_practice_portal_get_tls_ca_file (eonay_practice_get_portal (practice)));
  g_assert_true (g_str_has_prefix (folder, g_get_user_runtime_dir ()));
  g_assert_cmpint (g_stat (folder, &status), ==, 0);
  g_assert_cmphex (status.st_mode & 0777, ==, 0700);

  g_assert_finalize_object (practice);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_tells_the_browser (void)
{
  g_autoptr (EonayPractice) practice = eonay_practice_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *line = NULL;
  g_autofree char *pem = NULL;
  JsonObject *told;

  g_assert_true (start (practice, -1, NULL, &error));
  g_assert_no_error (error);
  line = eonay_practice_describe_address (practice);
  g_assert_null (strchr (line, '\n'));

  node = json_from_string (line, &error);
  g_assert_no_error (error);
  told = json_node_get_object (node);
  g_assert_cmpstr (json_object_get_string_member (told, "base_url"), ==,
                   eonay_practice_portal_get_base_url (eonay_practice_get_portal (practice)));
  g_assert_cmpstr (json_object_get_string_member (told, "ca_file"), ==,
                   eonay_practice_portal_get_tls_ca_file (eonay_practice_get_portal (practice)));
  g_assert_true (g_file_get_contents (json_object_get_string_member (told, "signer_ca_file"), &pem,
                                      NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (pem, ==, eonay_practice_get_ca_pem (practice));
}

static void
test_inserts_each_card (void)
{
  g_autoptr (EonayPractice) practice = eonay_practice_new ();
  EonayPracticeSlots *slots = eonay_practice_get_slots (practice);
  g_autoptr (GError) error = NULL;
  EonayPracticeCard *blocked;

  g_assert_true (start (practice, -1, NULL, &error));
  g_assert_no_error (error);
  g_assert_null (eonay_practice_slots_get_card (slots));

  for (int kind = 0; kind < EONAY_PRACTICE_N_CARDS; kind++)
    {
      eonay_practice_insert (practice, kind);
      g_assert_cmpint ((int) eonay_practice_card_get_kind (eonay_practice_slots_get_card (slots)),
                       ==, kind);
    }

  eonay_practice_insert (practice, EONAY_PRACTICE_CARD_BLOCKED);
  blocked = eonay_practice_slots_get_card (slots);
  eonay_practice_insert (practice, -1);
  g_assert_null (eonay_practice_slots_get_card (slots));
  eonay_practice_insert (practice, EONAY_PRACTICE_CARD_BLOCKED);
  g_assert_true (eonay_practice_slots_get_card (slots) == blocked);
}

static void
test_cancelled (void)
{
  EonayPractice *practice = eonay_practice_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (start (practice, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (eonay_practice_get_portal (practice));
  g_assert_null (eonay_practice_slots_get_card (eonay_practice_get_slots (practice)));
  g_assert_finalize_object (practice);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("eonay-test-XXXXXX", NULL);
  int result;

  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/starts-and-leaves-nothing", test_starts_and_leaves_nothing);
  g_test_add_func ("/practice/tells-the-browser", test_tells_the_browser);
  g_test_add_func ("/practice/inserts-each-card", test_inserts_each_card);
  g_test_add_func ("/practice/cancelled", test_cancelled);

  result = g_test_run ();

  /* Nothing may be left in it. */
  g_assert_cmpint (g_rmdir (folder), ==, 0);

  return result;
}
