#include "unblock-fixture.h"

#include <json-glib/json-glib.h>
#include <openssl/crypto.h>
#include <string.h>

#define VALIDITY 285
#define PIN 0x01
#define PUK 0x02
#define STORED 16

static guint16
send (EonayPracticeCard *card, const guint8 *command, gsize length)
{
  g_autoptr (GBytes) answer = eonay_practice_card_process (card, command, length);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (answer, &size);

  return (guint16) (bytes[size - 2] << 8 | bytes[size - 1]);
}

static void
select_application (EonayPracticeCard *card)
{
  const guint8 select[] = { 0x00, 0xa4, 0x04, 0x0c, 0x0c, 0xa0, 0x00, 0x00, 0x00,
                            0x63, 'P',  'K',  'C',  'S',  '-',  '1',  '5' };

  eonay_practice_card_reset (card);
  g_assert_cmphex (send (card, select, sizeof select), ==, 0x9000);
}

static guint16
verify (EonayPracticeCard *card, const char *pin)
{
  guint8 command[5 + 6] = { 0x00, 0x20, 0x00, PIN, 6 };
  guint16 status;

  memcpy (command + 5, pin, 6);
  select_application (card);
  status = send (card, command, sizeof command);
  eonay_practice_card_reset (card);

  return status;
}

static guint16
reset_retry_counter (EonayPracticeCard *card, const char *puk)
{
  guint8 command[5 + 2 * STORED] = { 0x00, 0x2c, 0x00, PIN, 2 * STORED };
  guint16 status;

  memcpy (command + 5, puk, strlen (puk));
  memcpy (command + 5 + STORED, "135790", 6);
  select_application (card);
  status = send (card, command, sizeof command);
  eonay_practice_card_reset (card);

  return status;
}

/* The last test has changed its PIN, and may have spent tries of its PUK. */
static void
block (EonayPracticeCard *card)
{
  reset_retry_counter (card, EONAY_PRACTICE_PUK);
  while (eonay_practice_card_get_tries (card, PIN) > 0)
    verify (card, "000001");
}

static void
note_state (UnblockFixture *self)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_UNBLOCK_STATE);
  EonayUnblockState state = eonay_unblock_get_state (self->unblock);

  g_string_append_printf (self->states, "%s%s", self->states->len > 0 ? " " : "",
                          g_enum_get_value (states, (int) state)->value_nick);
  g_test_message ("%s", self->states->str);
}

UnblockFixture *
unblock_fixture_new (void)
{
  return unblock_fixture_new_with_puk (G_MAXINT);
}

UnblockFixture *
unblock_fixture_new_with_puk (int tries_left)
{
  UnblockFixture *self = g_new0 (UnblockFixture, 1);

  self->card = session_fixture_get_card (EONAY_PRACTICE_CARD_BLOCKED);
  block (self->card);
  while (unblock_fixture_puk_tries (self) > tries_left)
    reset_retry_counter (self->card, "00000000");
  self->base = session_fixture_new (self->card);
  self->unblock = eonay_unblock_new (self->base->readers, &self->base->session_clock);
  self->states = g_string_new (NULL);
  g_signal_connect_swapped (self->unblock, "notify::state", G_CALLBACK (note_state), self);

  return self;
}

/* OpenSSL keeps something for itself there from its first use on. */
static void
assert_no_secret_left (void)
{
  static gsize of_openssl;

  if (of_openssl == 0)
    of_openssl = CRYPTO_secure_used ();
  g_assert_cmpuint (CRYPTO_secure_used (), ==, of_openssl);
}

void
unblock_fixture_free (UnblockFixture *self)
{
  /* Whatever is under way holds it until it is over, and is not repeated for ever. */
  g_signal_handlers_disconnect_by_data (self->unblock, self);
  eonay_unblock_decline (self->unblock);
  self->base->session_now += 400 * (gint64) G_USEC_PER_SEC;
  while (G_OBJECT (self->unblock)->ref_count > 1)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (g_steal_pointer (&self->unblock));
  session_fixture_free (self->base);
  assert_no_secret_left ();
  g_string_free (self->states, TRUE);
  g_free (self->code);
  g_free (self);
}

void
unblock_fixture_begin (UnblockFixture *self, const EonayPracticeUnblockWish *wish,
                       const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_free (self->code);
  self->code = eonay_practice_portal_create_unblock (self->base->server, VALIDITY, wish, fault,
                                                     &error);
  g_assert_no_error (error);
  eonay_unblock_resolve (self->unblock, self->base->portal, self->code);
}

void
unblock_fixture_await (UnblockFixture *self, EonayUnblockState state)
{
  while (eonay_unblock_get_state (self->unblock) != state)
    g_main_context_iteration (NULL, TRUE);
}

void
unblock_fixture_await_card_status (UnblockFixture *self, EonayUnblockCardStatus card_status)
{
  while (eonay_unblock_get_card_status (self->unblock) != card_status)
    g_main_context_iteration (NULL, TRUE);
}

void
unblock_fixture_await_report (UnblockFixture *self, EonayUnblockReport report)
{
  while (eonay_unblock_get_report (self->unblock) != report)
    g_main_context_iteration (NULL, TRUE);
}

void
unblock_fixture_type_word (UnblockFixture *self, const char *word)
{
  eonay_unblock_send_word (self->unblock, eonay_secret_new (word, strlen (word)));
}

void
unblock_fixture_type_sms_code (UnblockFixture *self, const char *code)
{
  eonay_unblock_take_sms_code (self->unblock, eonay_secret_new (code, strlen (code)));
}

void
unblock_fixture_type_sms (UnblockFixture *self)
{
  g_autofree char *code = unblock_fixture_ask_portal (self, "sms_code");

  unblock_fixture_type_sms_code (self, code);
}

void
unblock_fixture_type_pin (UnblockFixture *self, const char *pin)
{
  eonay_unblock_take_new_pin (self->unblock, eonay_secret_new (pin, strlen (pin)));
}

void
unblock_fixture_go_to (UnblockFixture *self, EonayUnblockState state)
{
  unblock_fixture_await (self, EONAY_UNBLOCK_WAITING_WORD);
  if (state == EONAY_UNBLOCK_WAITING_WORD)
    return;

  unblock_fixture_type_word (self, UNBLOCK_WORD);
  unblock_fixture_await (self, EONAY_UNBLOCK_WAITING_SMS);
  if (state == EONAY_UNBLOCK_WAITING_SMS)
    return;

  unblock_fixture_type_sms (self);
  unblock_fixture_await (self, state);
}

void
unblock_fixture_insert (UnblockFixture *self, EonayPracticeCard *card)
{
  eonay_practice_slots_set_card (self->base->slots, card);
}

char *
unblock_fixture_ask_portal (UnblockFixture *self, const char *member)
{
  g_autofree char *text = eonay_practice_portal_describe (self->base->server, self->code);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);
  JsonObject *object = json_object_get_object_member (json_node_get_object (root), "unblock");

  if (!json_object_has_member (object, member))
    return g_strdup ("");
  if (json_node_get_value_type (json_object_get_member (object, member)) == G_TYPE_STRING)
    return g_strdup (json_object_get_string_member (object, member));

  return g_strdup_printf ("%" G_GINT64_FORMAT, json_object_get_int_member (object, member));
}

void
unblock_fixture_assert_outcome (UnblockFixture *self, const char *outcome)
{
  g_autofree char *told = NULL;

  unblock_fixture_await_report (self, EONAY_UNBLOCK_REPORT_TOLD);
  told = unblock_fixture_ask_portal (self, "outcome");
  g_assert_cmpstr (told, ==, outcome);
}

int
unblock_fixture_pin_tries (UnblockFixture *self)
{
  return eonay_practice_card_get_tries (self->card, PIN);
}

int
unblock_fixture_puk_tries (UnblockFixture *self)
{
  return eonay_practice_card_get_tries (self->card, PUK);
}

gboolean
unblock_fixture_card_takes (UnblockFixture *self, const char *pin)
{
  return verify (self->card, pin) == 0x9000;
}
