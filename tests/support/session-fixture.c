#include "session-fixture.h"

#include <glib/gstdio.h>

#include "base/eonay-error.h"
#include "portal/eonay-portal-private.h"
#include "test-consent.h"

#define VALIDITY 285

static gint64
read_portal_clock (gpointer user_data)
{
  return ((SessionFixture *) user_data)->portal_now;
}

static gint64
read_session_clock (gpointer user_data)
{
  SessionFixture *self = user_data;

  self->session_now += self->session_step;

  return self->session_now;
}

static GDateTime *
read_real (gpointer user_data)
{
  return g_date_time_new_now_local ();
}

static EonayPracticePki *
get_pki (void)
{
  static EonayPracticePki *pki;

  if (pki == NULL)
    {
      g_autoptr (GError) error = NULL;

      pki = eonay_practice_pki_new (&error);
      g_assert_no_error (error);
    }

  return pki;
}

EonayPracticeCard *
session_fixture_get_card (EonayPracticeCardKind kind)
{
  static EonayPracticeCard *cards[EONAY_PRACTICE_N_CARD_KINDS];

  if (cards[kind] == NULL)
    {
      g_autoptr (GError) error = NULL;

      cards[kind] = eonay_practice_card_new (kind, get_pki (), &error);
      g_assert_no_error (error);
    }

  return cards[kind];
}

static void
note_state (SessionFixture *self)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (EONAY_TYPE_SESSION_STATE);

  g_string_append_printf (
      self->states, "%s%s", self->states->len > 0 ? " " : "",
      g_enum_get_value (states, (int) eonay_session_get_state (self->session))->value_nick);
}

static void
start_server (SessionFixture *self)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("eonay-session-XXXXXX", &error);
  g_assert_no_error (error);
  self->server = eonay_practice_portal_new (&self->portal_clock);
  eonay_practice_portal_trust (self->server, eonay_practice_pki_get_ca_pem (get_pki ()), &error);
  g_assert_no_error (error);
  eonay_practice_portal_start (self->server, 0, self->folder, &error);
  g_assert_no_error (error);
}

static void
start_client (SessionFixture *self)
{
  const EonayPortalTiming hasty = {
    .timeout = 3000,
    .first_wait = 10,
    .longest_wait = 50,
    .retry_after_unit = 10,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPortalProfile) profile = eonay_portal_profile_new (
      "deneme", "DENEME", eonay_practice_portal_get_base_url (self->server),
      eonay_practice_portal_get_tls_ca_file (self->server), TRUE, &error);

  g_assert_no_error (error);
  self->portal = eonay_portal_new (profile, &self->session_clock);
  eonay_portal_set_timing (self->portal, &hasty);
}

SessionFixture *
session_fixture_new (EonayPracticeCard *card)
{
  SessionFixture *self = g_new0 (SessionFixture, 1);

  self->portal_now = 1000 * (gint64) G_USEC_PER_SEC;
  self->session_now = 5000 * (gint64) G_USEC_PER_SEC;
  self->portal_clock = (EonayClock){ read_portal_clock, read_real, self };
  self->session_clock = (EonayClock){ read_session_clock, read_real, self };
  start_server (self);
  start_client (self);

  self->slots = eonay_practice_slots_new ();
  self->readers = eonay_reader_list_new (EONAY_SLOT_SOURCE (self->slots));
  self->candidates = eonay_candidate_list_new (self->readers, &self->session_clock);
  self->session = eonay_session_new (&self->session_clock);
  eonay_session_set_candidates (self->session, self->candidates);
  self->states = g_string_new (NULL);
  note_state (self);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (note_state), self);
  if (card != NULL)
    eonay_practice_slots_set_card (self->slots, card);

  return self;
}

/** A server that goes while somebody still speaks to it takes libsoup down with it. */
static void
hang_up (SessionFixture *self)
{
  EonayPortal *portal = self->portal;

  g_object_add_weak_pointer (G_OBJECT (portal), (gpointer *) &portal);
  g_clear_object (&self->portal);
  while (portal != NULL)
    g_main_context_iteration (NULL, TRUE);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
session_fixture_free (SessionFixture *self)
{
  g_autofree char *tls_ca = g_build_filename (self->folder, "tls-ca.pem", NULL);

  g_clear_object (&self->result);
  g_assert_finalize_object (g_steal_pointer (&self->session));
  g_assert_finalize_object (g_steal_pointer (&self->candidates));
  g_object_unref (self->readers);
  g_object_unref (self->slots);
  hang_up (self);
  eonay_practice_portal_stop (self->server);
  g_object_unref (self->server);
  g_unlink (tls_ca);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->folder);
  g_free (self->code);
  g_string_free (self->states, TRUE);
  g_free (self);
}

void
session_fixture_await (SessionFixture *self, EonaySessionState state)
{
  while (eonay_session_get_state (self->session) != state)
    g_main_context_iteration (NULL, TRUE);
}

void
session_fixture_await_candidates (SessionFixture *self, guint n)
{
  while (g_list_model_get_n_items (G_LIST_MODEL (self->candidates)) != n)
    g_main_context_iteration (NULL, TRUE);
}

void
session_fixture_take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SessionFixture *self = user_data;

  g_assert_null (self->result);
  self->result = g_object_ref (result);
}

GError *
session_fixture_finish (SessionFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GError *error = NULL;

  while (self->result == NULL)
    g_main_context_iteration (NULL, TRUE);

  result = g_steal_pointer (&self->result);
  g_assert_cmpint (g_task_propagate_boolean (G_TASK (result), &error), ==, error == NULL);

  return error;
}

void
session_fixture_begin (SessionFixture *self, const char *operation, const char *fault)
{
  g_autoptr (GError) error = NULL;

  g_free (self->code);
  self->code = eonay_practice_portal_create_faulty (self->server, operation, VALIDITY, NULL, fault,
                                                    &error);
  g_assert_no_error (error);
  eonay_session_resolve_async (self->session, self->portal, self->code, NULL,
                               session_fixture_take_result, self);
}

void
session_fixture_review (SessionFixture *self, const char *operation, const char *fault)
{
  g_autoptr (GError) error = NULL;

  session_fixture_begin (self, operation, fault);
  error = session_fixture_finish (self);
  g_assert_no_error (error);
  g_assert_cmpint (eonay_session_get_state (self->session), ==, EONAY_SESSION_REVIEWING);

  eonay_session_mark_seen (self->session, 0);
  session_fixture_choose_first (self);
}

void
session_fixture_choose_first (SessionFixture *self)
{
  g_autoptr (EonayCandidate) first = NULL;

  while ((first = g_list_model_get_item (G_LIST_MODEL (self->candidates), 0)) == NULL)
    g_main_context_iteration (NULL, TRUE);
  eonay_session_set_candidate (self->session, first);
  /* The reader asks for the tries after the certificates; what is counted or pulled comes later. */
  session_fixture_consent (self->session);
}

void
session_fixture_ask_pin (SessionFixture *self)
{
  g_autoptr (GError) error = NULL;

  eonay_session_ask_pin (self->session, &error);
  g_assert_no_error (error);
}

EonayPinConsent
session_fixture_consent (EonaySession *session)
{
  EonayCandidate *candidate = eonay_session_get_candidate (session);

  if (candidate == NULL)
    return EONAY_PIN_CONSENT_NONE;

  return test_consent_give (eonay_candidate_get_token (candidate),
                            eonay_candidate_get_token_certificate (candidate), EONAY_PIN_ROLE_PIN);
}

void
session_fixture_sign (SessionFixture *self, const char *pin)
{
  const EonayPinConsent consent = session_fixture_consent (self->session);

  eonay_session_sign_async (self->session,
                            pin != NULL ? eonay_secret_new (pin, strlen (pin)) : NULL, &consent,
                            NULL, session_fixture_take_result, self);
}

void
session_fixture_advance (SessionFixture *self, guint seconds)
{
  self->portal_now += seconds * (gint64) G_USEC_PER_SEC;
  self->session_now += seconds * (gint64) G_USEC_PER_SEC;
  eonay_session_update (self->session);
}

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

int
session_fixture_ask_tries (EonayPracticeCard *card)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x01 };
  guint16 status;

  select_application (card);
  status = send (card, verify, sizeof verify);
  g_test_message ("card says %04x", status);
  if (status == 0x6983)
    return 0;
  g_assert_cmphex (status & 0xfff0, ==, 0x63c0);

  return status & 0xf;
}

void
session_fixture_restore_tries (EonayPracticeCard *card)
{
  const guint8 verify[] = { 0x00, 0x20, 0x00, 0x01, 6, '1', '2', '3', '4', '5', '6' };

  select_application (card);
  g_assert_cmphex (send (card, verify, sizeof verify), ==, 0x9000);
  eonay_practice_card_reset (card);
}
