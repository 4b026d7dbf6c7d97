#include "client-probe.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/eonay-error.h"

/*
 * A practice card, and what our client has to know of it.
 *
 * @place: of the certificate that is signed with
 * @asks: whether the tries left can be asked for; else they are known from a wrong PIN on
 */
typedef struct {
  const char *name;
  EonayPracticeCardKind kind;
  guint n_certificates;
  guint place;
  const char *pin;
  const char *puk;
  gboolean asks;
  gboolean only_pss;
  guint list;
  guint sign;
} Make;

static const Make makes[] = {
  { "valid", EONAY_PRACTICE_CARD_VALID, 2, 0, "123456", "12345678", TRUE, FALSE, 12, 5 },
  { "ec", EONAY_PRACTICE_CARD_EC, 1, 0, "123456", "12345678", TRUE, FALSE, 10, 5 },
  { "t0", EONAY_PRACTICE_CARD_T0, 1, 0, "123456", "12345678", TRUE, FALSE, 18, 6 },
  { "many", EONAY_PRACTICE_CARD_MANY, 2, 1, "654321", "87654321", FALSE, FALSE, 20, 4 },
  { "pss", EONAY_PRACTICE_CARD_PSS, 1, 0, "123456", "12345678", TRUE, TRUE, 11, 5 },
  { "host-padded", EONAY_PRACTICE_CARD_HOST_PADDED, 1, 0, "123456", "12345678", TRUE, FALSE, 15,
    6 },
  { "63c0", EONAY_PRACTICE_CARD_63C0, 1, 0, "123456", "12345678", TRUE, FALSE, 10, 5 },
  { "myeid", EONAY_PRACTICE_CARD_MYEID, 2, 0, "123456", "12345678", TRUE, FALSE, 21, 5 },
  { "myeid-p256", EONAY_PRACTICE_CARD_MYEID, 2, 1, "123456", "12345678", TRUE, FALSE, 21, 5 },
  { "myeid-t0", EONAY_PRACTICE_CARD_MYEID_T0, 2, 0, "123456", "12345678", TRUE, FALSE, 38, 6 },
  { "myeid-t0-p256", EONAY_PRACTICE_CARD_MYEID_T0, 2, 1, "123456", "12345678", TRUE, FALSE, 38, 6 },
};

static void
set_up (ProbeClient *client, gconstpointer user_data)
{
  probe_client_set_up (client, GINT_TO_POINTER (((const Make *) user_data)->kind));
}

static void
assert_tries (ProbeClient *client, const Make *make, int tries)
{
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, make->place);
  EonayPinState state;

  eonay_token_get_pin_state (client->token, chosen, &state);
  g_assert_cmpint (state.tries_left, ==, tries);
  g_assert_true (state.known == (tries >= 0));
  g_assert_true (state.blocked == (tries == 0));
}

static void
test_lists_and_signs (ProbeClient *client, gconstpointer user_data)
{
  const Make *make = user_data;
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, make->place);
  ProbeTraffic signing = client->read;

  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (client->token)), ==,
                    make->n_certificates);
  g_assert_true (eonay_token_certificate_may_sign (chosen));
  g_assert_true (eonay_token_certificate_is_only_pss (chosen) == make->only_pss);
  probe_client_assert_signs (client, make->place, 1, make->pin);
  probe_client_tell (client, make->name, signing);
  g_assert_cmpuint (client->listed.commands, <=, make->list);
  g_assert_cmpuint (probe_client_get_traffic (client).commands - signing.commands, <=, make->sign);
}

static void
test_signs_several (ProbeClient *client, gconstpointer user_data)
{
  const Make *make = user_data;

  probe_client_assert_signs (client, make->place, 3, make->pin);
  /* Nobody inherits the login, and nothing was left behind by it. */
  probe_client_assert_signs (client, make->place, 1, make->pin);
}

static EonaySignatureScheme
get_scheme (const Make *make)
{
  if (make->only_pss)
    return EONAY_SIGNATURE_SCHEME_RSA_PSS_SHA256;
  if (make->kind == EONAY_PRACTICE_CARD_EC)
    return EONAY_SIGNATURE_SCHEME_ECDSA_SHA384;
  if (g_str_has_suffix (make->name, "-p256"))
    return EONAY_SIGNATURE_SCHEME_ECDSA_SHA256;

  return EONAY_SIGNATURE_SCHEME_RSA_PKCS1_SHA256;
}

static void
sign_wrong (ProbeClient *client, const Make *make, EonayCardError code, int tries)
{
  g_autoptr (EonayTokenCertificate) chosen = probe_client_get_certificate (client, make->place);
  static const char text[] = "DENEME DENEME DENEME DENEME DENEDENEMEDENEMEDENE";
  g_autoptr (GBytes) digest = g_bytes_new_static (text,
                                                  make->kind == EONAY_PRACTICE_CARD_EC ? 48 : 32);
  g_autoptr (GPtrArray) digests = g_ptr_array_new ();
  g_autoptr (GPtrArray) signatures = NULL;
  g_autoptr (GError) error = NULL;
  EonaySignatureScheme scheme = get_scheme (make);

  g_ptr_array_add (digests, digest);
  g_ptr_array_add (digests, digest);
  signatures = probe_client_sign (client, chosen, scheme, digests, PROBE_WRONG_PIN, &error);
  g_assert_null (signatures);
  g_assert_error (error, EONAY_CARD_ERROR, (int) code);
  g_assert_cmpint (eonay_card_error_get_tries_left (error), ==, tries);
  assert_tries (client, make, tries);
}

static void
test_wrong_pins_and_unblocking (ProbeClient *client, gconstpointer user_data)
{
  const Make *make = user_data;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;

  assert_tries (client, make, make->asks ? 3 : -1);
  sign_wrong (client, make, EONAY_CARD_ERROR_PIN_WRONG, 2);
  sign_wrong (client, make, EONAY_CARD_ERROR_PIN_WRONG, 1);
  sign_wrong (client, make, EONAY_CARD_ERROR_PIN_BLOCKED, 0);

  probe_client_set_pin (client, make->place, TRUE, "00000000", "246802", &wrong);
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PUK_WRONG);
  probe_client_set_pin (client, make->place, TRUE, make->puk, "246802", &error);
  g_assert_no_error (error);
  probe_client_assert_signs (client, make->place, 2, "246802");
}

static void
test_changes_pin (ProbeClient *client, gconstpointer user_data)
{
  const Make *make = user_data;
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GError) error = NULL;

  probe_client_set_pin (client, make->place, FALSE, PROBE_WRONG_PIN, "135790", &wrong);
  g_assert_error (wrong, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  assert_tries (client, make, 2);
  probe_client_set_pin (client, make->place, FALSE, make->pin, "135790", &error);
  g_assert_no_error (error);
  probe_client_assert_signs (client, make->place, 1, "135790");
}

/* The second time, the card is known. */
static void
test_cached (gconstpointer user_data)
{
  const Make *make = user_data;
  g_autofree char *folder = g_dir_make_tmp ("eonay-cards-XXXXXX", NULL);
  g_autofree char *name = g_strdup_printf ("%s, known", make->name);
  g_autoptr (EonayCardCache) cache = eonay_card_cache_new (folder);
  g_autoptr (EonayPracticeCard) card = probe_card (make->kind);
  ProbeClient client = { 0 };
  guint cold;

  probe_client_open (&client, cache);
  probe_client_insert (&client, card);
  cold = client.listed.commands - client.before.commands;
  eonay_practice_slots_set_card (client.slots, NULL);
  while (eonay_reader_get_state (client.reader) != EONAY_READER_EMPTY)
    g_main_context_iteration (NULL, TRUE);
  probe_client_insert (&client, card);
  g_assert_cmpuint (g_list_model_get_n_items (eonay_token_get_certificates (client.token)), ==,
                    make->n_certificates);
  g_assert_cmpuint (client.listed.commands - client.before.commands, <, cold);
  probe_client_assert_signs (&client, make->place, 1, make->pin);
  probe_client_tell (&client, name, client.read);

  probe_client_tear_down (&client, NULL);
  g_assert_true (eonay_card_cache_clear (cache, NULL));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
add (const Make *make, const char *what, void (*function) (ProbeClient *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/practice/driver/%s/%s", make->name, what);

  g_test_add (path, ProbeClient, make, set_up, function, probe_client_tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (makes); i++)
    {
      g_autofree char *cached = g_strdup_printf ("/practice/driver/%s/cached", makes[i].name);

      add (&makes[i], "lists-and-signs", test_lists_and_signs);
      add (&makes[i], "signs-several", test_signs_several);
      add (&makes[i], "wrong-pins-and-unblocking", test_wrong_pins_and_unblocking);
      add (&makes[i], "changes-pin", test_changes_pin);
      g_test_add_data_func (cached, &makes[i], test_cached);
    }

  return g_test_run ();
}
