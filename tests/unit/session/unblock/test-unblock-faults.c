#include <libsoup/soup.h>
#include <string.h>

#include "portal/eonay-portal-private.h"
#include "unblock-fixture.h"

/* A portal that does each call wrong, with each fault: the card's tries are the person's, always. */

typedef enum {
  CALL_RESOLVE,
  CALL_WORD,
  CALL_CONFIRM,
  CALL_REPORT,
  N_CALLS,
} Call;

typedef enum {
  FAULT_REFUSED, /* nobody listens */
  FAULT_CUT,     /* the connection ends without an answer */
  FAULT_404,
  FAULT_500,
  FAULT_MALFORMED,
  N_FAULTS,
  FAULT_PROBLEM = N_FAULTS, /* `problem`, with 403 */
} Fault;

static const char *const endings[N_CALLS] = { "/resolve", "/unblock", "/confirm", "/result" };

static const char *const answers[N_CALLS] = {
  "{\"transaction\":\"f3a1c20b7de94f6aa0d0a9a3f1c0b1d2\",\"operation\":\"unblock\","
  "\"state\":\"waiting\",\"portal\":\"DENEME\",\"certificate_policy\":\"qualified\","
  "\"created_at\":\"2026-01-01T12:00:00+03:00\",\"expires_in\":285,"
  "\"hashAlgorithmOID\":\"2.16.840.1.101.3.4.2.1\",\"documents\":[]}",
  "{\"sms\":{\"to\":\"*** *** 3216\",\"expires_in\":180,\"attempts_left\":3}}",
  "{\"puk\":\"12345678\"}",
  "{\"transaction\":\"f3a1c20b7de94f6aa0d0a9a3f1c0b1d2\",\"state\":\"completed\"}",
};

typedef struct {
  UnblockFixture *fixture;
  SoupServer *server;
  EonayPortal *portal;
  Call call;
  Fault fault;
  guint times; /* how often it is still done wrong */
  const char *problem;
  char *told; /* the last outcome that came, as JSON */
} Driver;

static void
cut (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
do_wrong (Driver *driver, SoupServerMessage *message)
{
  if (driver->fault == FAULT_CUT)
    cut (message);
  else if (driver->fault == FAULT_404)
    soup_server_message_set_status (message, 404, NULL);
  else if (driver->fault == FAULT_500)
    soup_server_message_set_status (message, 500, NULL);
  else if (driver->fault == FAULT_PROBLEM)
    {
      soup_server_message_set_status (message, 403, NULL);
      soup_server_message_set_response (message, "application/problem+json", SOUP_MEMORY_STATIC,
                                        driver->problem, strlen (driver->problem));
    }
  else
    {
      soup_server_message_set_status (message, 200, NULL);
      soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, "{", 1);
    }
}

static void
note_report (Driver *driver, SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
      soup_message_body_flatten (soup_server_message_get_request_body (message));

  g_free (driver->told);
  driver->told = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
on_request (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
            gpointer user_data)
{
  Driver *driver = user_data;
  guint call = 0;

  while (call < N_CALLS && !g_str_has_suffix (path, endings[call]))
    call++;
  g_assert_cmpuint (call, <, N_CALLS);
  if (call == CALL_REPORT)
    note_report (driver, message);
  if (call == driver->call && driver->times > 0)
    {
      driver->times--;
      do_wrong (driver, message);
      return;
    }

  soup_message_headers_append (soup_server_message_get_response_headers (message), "Cache-Control",
                               "no-store");
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_STATIC, answers[call],
                                    strlen (answers[call]));
}

static Driver *
driver_new (Call call, Fault fault, guint times)
{
  const EonayPortalTiming hasty = {
    .timeout = 3000,
    .first_wait = 10,
    .longest_wait = 50,
    .retry_after_unit = 10,
  };
  Driver *self = g_new0 (Driver, 1);
  g_autoptr (EonayPortalProfile) profile = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = NULL;
  GSList *uris;

  self->fixture = unblock_fixture_new ();
  self->call = call;
  self->fault = fault;
  self->times = times;
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_assert_true (soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  uris = soup_server_get_uris (self->server);
  url = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  profile = eonay_portal_profile_new ("deneme", "DENEME", url, NULL, TRUE, &error);
  g_assert_no_error (error);
  self->portal = eonay_portal_new (profile, &self->fixture->base->session_clock);
  eonay_portal_set_timing (self->portal, &hasty);

  return self;
}

static void
driver_free (Driver *self)
{
  unblock_fixture_free (self->fixture);
  g_object_unref (self->portal);
  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_free (self->told);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Driver, driver_free)

/** Nobody listens any more, once it is time for that. */
static void
before (Driver *self, Call call)
{
  if (self->fault == FAULT_REFUSED && self->call == call)
    soup_server_disconnect (self->server);
}

static EonayUnblockState
settle (Driver *self)
{
  EonayUnblock *unblock = self->fixture->unblock;
  gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC;

  /* What is repeated is repeated until the time of the transaction is over. */
  while (eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_RESOLVING ||
         eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_SENDING_WORD ||
         eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_CONFIRMING ||
         eonay_unblock_get_state (unblock) == EONAY_UNBLOCK_UNBLOCKING)
    {
      if (g_get_monotonic_time () > until)
        self->fixture->base->session_now += 400 * (gint64) G_USEC_PER_SEC;
      g_main_context_iteration (NULL, TRUE);
    }

  return eonay_unblock_get_state (unblock);
}

/** Goes on until something stands in the way. Returns: where it stands */
static EonayUnblockState
drive (Driver *self)
{
  UnblockFixture *fixture = self->fixture;

  before (self, CALL_RESOLVE);
  eonay_unblock_resolve (fixture->unblock, self->portal, "820004526184196");
  while (eonay_unblock_get_state (fixture->unblock) == EONAY_UNBLOCK_RESOLVING ||
         eonay_unblock_get_state (fixture->unblock) == EONAY_UNBLOCK_WAITING_CARD)
    g_main_context_iteration (NULL, TRUE);
  if (eonay_unblock_get_state (fixture->unblock) != EONAY_UNBLOCK_WAITING_WORD)
    return eonay_unblock_get_state (fixture->unblock);

  before (self, CALL_WORD);
  unblock_fixture_type_word (fixture, UNBLOCK_WORD);
  if (settle (self) != EONAY_UNBLOCK_WAITING_SMS)
    return eonay_unblock_get_state (fixture->unblock);

  unblock_fixture_type_sms_code (fixture, "123456");
  before (self, CALL_CONFIRM);
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_CONFIRMING);
  /* The report leaves when the card has answered. */
  if (self->call == CALL_REPORT)
    unblock_fixture_await (fixture, EONAY_UNBLOCK_UNBLOCKING);
  before (self, CALL_REPORT);

  return settle (self);
}

static void
assert_report (Driver *self, EonayUnblockReport expected)
{
  EonayUnblock *unblock = self->fixture->unblock;
  gint64 until = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (eonay_unblock_get_report (unblock) == EONAY_UNBLOCK_REPORT_TELLING)
    {
      if (g_get_monotonic_time () > until)
        self->fixture->base->session_now += 400 * (gint64) G_USEC_PER_SEC;
      g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpint (eonay_unblock_get_report (unblock), ==, expected);
}

static void
assert_told (Driver *self, const char *outcome)
{
  g_autofree char *body = g_strdup_printf ("{\"outcome\":\"%s\"}", outcome);

  assert_report (self, EONAY_UNBLOCK_REPORT_TOLD);
  g_assert_cmpstr (self->told, ==, body);
}

static EonayUnblockState
expect_for_ever (Call call, Fault fault)
{
  switch (call)
    {
    case CALL_WORD:
      return fault == FAULT_404 ? EONAY_UNBLOCK_FAILED : EONAY_UNBLOCK_WAITING_WORD;
    case CALL_CONFIRM:
      if (fault == FAULT_MALFORMED)
        return EONAY_UNBLOCK_READY;
      return fault == FAULT_404 ? EONAY_UNBLOCK_FAILED : EONAY_UNBLOCK_EXPIRED;
    case CALL_REPORT:
      return EONAY_UNBLOCK_DONE;
    case CALL_RESOLVE:
    case N_CALLS:
    default:
      return EONAY_UNBLOCK_FAILED;
    }
}

static void
test_for_ever (void)
{
  for (int call = 0; call < N_CALLS; call++)
    for (int fault = 0; fault < N_FAULTS; fault++)
      {
        g_autoptr (Driver) self = driver_new ((Call) call, (Fault) fault, G_MAXUINT);
        int tries = unblock_fixture_puk_tries (self->fixture);
        EonayUnblockState state = drive (self);

        g_test_message ("%s, fault %d: %s", endings[call], fault, self->fixture->states->str);
        g_assert_cmpint (state, ==, expect_for_ever ((Call) call, (Fault) fault));
        g_assert_cmpint (unblock_fixture_puk_tries (self->fixture), ==, tries);
        if (call == CALL_REPORT)
          {
            /* What is noted is noted, whatever the words. */
            assert_report (self, fault == FAULT_MALFORMED ? EONAY_UNBLOCK_REPORT_TOLD
                                                          : EONAY_UNBLOCK_REPORT_UNTOLD);
            g_assert_true (unblock_fixture_card_takes (self->fixture, UNBLOCK_NEW_PIN));
          }
        else
          {
            if (call == CALL_CONFIRM && fault == FAULT_404)
              assert_told (self, "failed");
            g_assert_nonnull (eonay_unblock_get_error (self->fixture->unblock));
            g_assert_cmpint (unblock_fixture_pin_tries (self->fixture), ==, 0);
          }
      }
}

/* What passes: the person types at most the word a second time. */
static void
test_once (void)
{
  const Fault faults[] = { FAULT_CUT, FAULT_500 };

  for (int call = CALL_WORD; call < N_CALLS; call++)
    for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
      {
        g_autoptr (Driver) self = driver_new ((Call) call, faults[i], 1);
        EonayUnblockState state = drive (self);

        if (call == CALL_WORD)
          {
            g_assert_cmpint (state, ==, EONAY_UNBLOCK_WAITING_WORD);
            unblock_fixture_type_word (self->fixture, UNBLOCK_WORD);
            g_assert_cmpint (settle (self), ==, EONAY_UNBLOCK_WAITING_SMS);
            unblock_fixture_type_sms_code (self->fixture, "123456");
            unblock_fixture_type_pin (self->fixture, UNBLOCK_NEW_PIN);
            state = settle (self);
          }
        g_test_message ("%s, fault %d: %s", endings[call], (int) faults[i],
                        self->fixture->states->str);
        g_assert_cmpint (state, ==, EONAY_UNBLOCK_DONE);
        assert_report (self, EONAY_UNBLOCK_REPORT_TOLD);
        g_assert_true (unblock_fixture_card_takes (self->fixture, UNBLOCK_NEW_PIN));
      }
}

/* An answer that cannot be used: all that was typed is still there when the next one can. */
static void
test_ready_again (void)
{
  g_autoptr (Driver) self = driver_new (CALL_CONFIRM, FAULT_MALFORMED, 1);

  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_READY);
  g_assert_false (eonay_unblock_is_last_try (self->fixture->unblock));
  eonay_unblock_go_on (self->fixture->unblock);
  g_assert_cmpint (settle (self), ==, EONAY_UNBLOCK_DONE);
  assert_report (self, EONAY_UNBLOCK_REPORT_TOLD);
}

#define PROBLEM(word, more) "{\"type\":\"x:" word "\"" more "}"

static Driver *
driver_new_problem (const char *problem)
{
  Driver *self = driver_new (CALL_CONFIRM, FAULT_PROBLEM, 1);

  self->problem = problem;

  return self;
}

/** Up to where the PUK has come for a card that is not there, and is asked for once more. */
static void
ask_twice (Driver *self)
{
  UnblockFixture *fixture = self->fixture;

  self->times = 0;
  eonay_unblock_resolve (fixture->unblock, self->portal, "820004526184196");
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_WORD);
  unblock_fixture_type_word (fixture, UNBLOCK_WORD);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_SMS);
  unblock_fixture_type_sms_code (fixture, "123456");
  unblock_fixture_type_pin (fixture, UNBLOCK_NEW_PIN);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_CONFIRMING);
  unblock_fixture_insert (fixture, NULL);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_CARD);
  unblock_fixture_insert (fixture, fixture->card);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_READY);
  self->times = 1;
  eonay_unblock_go_on (fixture->unblock);
}

/* What the portal has ended it knows; what it has only refused, or given a PUK for, it is told. */
static void
test_refused (void)
{
  g_autoptr (Driver) self = driver_new_problem (PROBLEM ("attempts-exhausted", ""));

  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_FAILED);
  assert_report (self, EONAY_UNBLOCK_REPORT_NONE);
  g_clear_pointer (&self, driver_free);

  self = driver_new_problem (PROBLEM ("nonsense", ""));
  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_FAILED);
  assert_told (self, "failed");
  g_clear_pointer (&self, driver_free);

  self = driver_new_problem (PROBLEM ("attempts-exhausted", ""));
  ask_twice (self);
  g_assert_cmpint (settle (self), ==, EONAY_UNBLOCK_FAILED);
  assert_told (self, "failed");
}

/* An answer that could not be used may have had the PUK in it: when time is over, that is told. */
static void
test_expired_ready (void)
{
  g_autoptr (Driver) self = driver_new (CALL_CONFIRM, FAULT_MALFORMED, 1);

  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_READY);
  session_fixture_advance (self->fixture->base, 300);
  eonay_unblock_update (self->fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (self->fixture->unblock), ==, EONAY_UNBLOCK_EXPIRED);
  assert_told (self, "failed");
}

/* The portal takes it back that it took the code: the clock of the next one counts again. */
static void
test_taken_back (void)
{
  g_autoptr (Driver) self = driver_new_problem (PROBLEM ("sms-code-expired", ""));
  UnblockFixture *fixture = self->fixture;

  ask_twice (self);
  g_assert_cmpint (settle (self), ==, EONAY_UNBLOCK_WAITING_WORD);
  unblock_fixture_type_word (fixture, UNBLOCK_WORD);
  unblock_fixture_await (fixture, EONAY_UNBLOCK_WAITING_SMS);
  session_fixture_advance (fixture->base, 181);
  eonay_unblock_update (fixture->unblock);
  g_assert_cmpint (eonay_unblock_get_state (fixture->unblock), ==, EONAY_UNBLOCK_WAITING_WORD);
  g_assert_error (eonay_unblock_get_error (fixture->unblock), EONAY_PORTAL_ERROR,
                  EONAY_PORTAL_ERROR_SMS_CODE_EXPIRED);

  /* The PUK that was given is not forgotten with it. */
  self->call = CALL_WORD;
  self->problem = PROBLEM ("attempts-exhausted", "");
  self->times = 1;
  unblock_fixture_type_word (fixture, UNBLOCK_WORD);
  g_assert_cmpint (settle (self), ==, EONAY_UNBLOCK_FAILED);
  assert_told (self, "failed");
}

/* What the portal does not tell is not known, rather than what it was. */
static void
test_tries_unknown (void)
{
  g_autoptr (Driver) self = driver_new_problem (PROBLEM ("sms-code-wrong", ",\"attempts_left\":2"));

  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_WAITING_SMS);
  g_assert_cmpint (eonay_unblock_get_sms_tries_left (self->fixture->unblock), ==, 2);
  g_clear_pointer (&self, driver_free);

  self = driver_new_problem (PROBLEM ("sms-code-wrong", ""));
  g_assert_cmpint (drive (self), ==, EONAY_UNBLOCK_WAITING_SMS);
  g_assert_cmpint (eonay_unblock_get_sms_tries_left (self->fixture->unblock), ==, -1);
}

int
main (int argc, char *argv[])
{
  eonay_secret_init_heap ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/unblock-faults/once", test_once);
  g_test_add_func ("/session/unblock-faults/for-ever", test_for_ever);
  g_test_add_func ("/session/unblock-faults/ready-again", test_ready_again);
  g_test_add_func ("/session/unblock-faults/refused", test_refused);
  g_test_add_func ("/session/unblock-faults/expired-ready", test_expired_ready);
  g_test_add_func ("/session/unblock-faults/taken-back", test_taken_back);
  g_test_add_func ("/session/unblock-faults/tries-unknown", test_tries_unknown);

  return g_test_run ();
}
