#include "session/diagnosis/eonay-helpdesk-line.h"

#include <locale.h>
#include <string.h>

#include "card/pkcs11/eonay-pkcs11-token.h"
#include "eonay-config.h"
#include "support/reader-fixture.h"
#include "support/session-fixture.h"

#define NAMED_READER "ACS ACR39U ICC Reader (A1B2-0042) 00 00"
#define MUTE_ATR "3b021450"

static void
test_without_readers (void)
{
  g_autofree char *line = eonay_helpdesk_line_write ("AG-01", NULL);
  g_autofree char *no_code = eonay_helpdesk_line_write (NULL, NULL);

  g_assert_cmpstr (line, ==, "AG-01 · e-Onay " EONAY_VERSION);
  g_assert_cmpstr (no_code, ==, "e-Onay " EONAY_VERSION);
}

static void
assert_silent (const char *line, const char *about)
{
  g_assert_cmpstr (about, !=, "");
  if (strstr (line, about) != NULL)
    g_error ("“%s” has “%s” in it", line, about);
}

static void
assert_silent_of_session (const char *line, SessionFixture *fixture)
{
  EonayCandidate *candidate = eonay_session_get_candidate (fixture->session);
  EonayToken *token = eonay_candidate_get_token (candidate);
  EonayCertificate *certificate = eonay_candidate_get_certificate (candidate);
  EonayPortalProfile *profile = eonay_portal_get_profile (fixture->portal);
  g_autoptr (GUri) address = g_uri_parse (eonay_portal_profile_get_base_url (profile),
                                          G_URI_FLAGS_NONE, NULL);
  g_autofree char *port = g_strdup_printf ("%d", g_uri_get_port (address));
  g_auto (GStrv) names = g_strsplit (eonay_certificate_get_holder (certificate), " ", 2);

  assert_silent (line, names[0]);
  assert_silent (line, eonay_certificate_get_holder (certificate));
  assert_silent (line, eonay_certificate_get_national_id (certificate));
  assert_silent (line, eonay_token_get_serial (token));
  assert_silent (line,
                 eonay_token_get_serial (token) + strlen (eonay_token_get_serial (token)) - 4);
  assert_silent (line, g_uri_get_host (address));
  assert_silent (line, port);
  assert_silent (line, fixture->code);
}

static void
test_nothing_personal (void)
{
  const EonayPracticeCardKind kinds[] = { EONAY_PRACTICE_CARD_VALID, EONAY_PRACTICE_CARD_TWO };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (SessionFixture) fixture =
          session_fixture_new (session_fixture_get_card (kinds[i]));
      g_autofree char *line = NULL;

      session_fixture_review (fixture, "e-onay", NULL);
      line = eonay_helpdesk_line_write ("KART-07", fixture->readers);
      g_test_message ("%s", line);
      g_assert_cmpstr (line, ==,
                       "KART-07 · e-Onay " EONAY_VERSION " · Practice reader: PKCS#15 (DENEME)");
      assert_silent_of_session (line, fixture);
    }
}

static void
test_readers (void)
{
  g_autoptr (TestSlots) slots = test_slots_new ();
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  g_autoptr (EonayReader) reader = NULL;
  g_autofree char *empty = NULL;
  g_autofree char *failed = NULL;
  const char *const none[] = { NULL };

  test_slots_add (slots, NAMED_READER);
  empty = eonay_helpdesk_line_write (NULL, readers);
  g_assert_cmpstr (empty, ==, "e-Onay " EONAY_VERSION " · ACS ACR39U ICC Reader 00 00: No card");

  test_slots_insert (slots, NAMED_READER, none, MUTE_ATR);
  reader = g_list_model_get_item (G_LIST_MODEL (readers), 0);
  while (eonay_reader_get_state (reader) == EONAY_READER_READING)
    g_main_context_iteration (NULL, TRUE);
  failed = eonay_helpdesk_line_write ("KART-13", readers);
  g_assert_cmpstr (failed, ==,
                   "KART-13 · e-Onay " EONAY_VERSION
                   " · ACS ACR39U ICC Reader 00 00: The card cannot be read");
}

/* What a module calls its slot is not the name of a reader, and may be anybody's. */
static void
test_modules (void)
{
  g_autoptr (TestSlots) slots = test_slots_new ();
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  g_autoptr (EonayReader) lent = eonay_reader_new_lent (
      "AYŞE DENEME", NULL, g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED, ""));
  g_autofree char *line = NULL;

  eonay_reader_list_add_reader (readers, lent);
  line = eonay_helpdesk_line_write ("KART-01", readers);
  g_assert_cmpstr (line, ==, "KART-01 · e-Onay " EONAY_VERSION " · The card cannot be read");
  eonay_reader_list_remove_reader (readers, lent);
}

/* Of a token that a module made, in its own slot and in a reader, nothing that the module says. */
static void
test_module_tokens (void)
{
  g_autoptr (EonayPkcs11Module) module = eonay_pkcs11_module_new ("/opt/deneme/kart.so", NULL);
  g_autoptr (TestSlots) slots = test_slots_new ();
  g_autoptr (EonayReaderList) readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (slots));
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();
  g_autoptr (EonayReader) lent = NULL;
  g_autofree char *line = NULL;

  slot->description = g_strdup ("AYŞE DENEME");
  slot->label = g_strdup ("AYŞE DENEME");
  slot->serial = g_strdup ("00421337");
  slot->model = g_strdup ("AYSE DENEME 1985");
  lent = eonay_reader_new_lent ("AYŞE DENEME", eonay_pkcs11_token_new (module, slot), NULL);
  eonay_reader_list_add_reader (readers, lent);
  line = eonay_helpdesk_line_write ("KOD-02", readers);
  g_assert_cmpstr (line, ==, "KOD-02 · e-Onay " EONAY_VERSION " · PKCS#11");
  eonay_reader_list_remove_reader (readers, lent);
}

int
main (int argc, char *argv[])
{
  setlocale (LC_ALL, "C.UTF-8");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/helpdesk-line/without-readers", test_without_readers);
  g_test_add_func ("/helpdesk-line/nothing-personal", test_nothing_personal);
  g_test_add_func ("/helpdesk-line/readers", test_readers);
  g_test_add_func ("/helpdesk-line/modules", test_modules);
  g_test_add_func ("/helpdesk-line/module-tokens", test_module_tokens);

  return g_test_run ();
}
