#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/eonay-error.h"
#include "base/host/eonay-frame-pipe.h"
#include "card/pkcs11/eonay-pkcs11-answer.h"
#include "card/pkcs11/eonay-pkcs11-request.h"

#define RANDOM_FRAMES 20000
#define RANDOM_LENGTH 200

/* @frame: (transfer floating) */
static GByteArray *
serialise (GVariant *frame)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (frame);
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (owned);

  return g_bytes_unref_to_array (g_steal_pointer (&bytes));
}

static GByteArray *
say (EonayPkcs11Says says, const EonayPkcs11Answer *answer)
{
  return serialise (eonay_pkcs11_answer_encode (answer, says));
}

static gboolean
take (EonayPkcs11Answer *answer, const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, length);
  g_autoptr (GVariant) frame = eonay_frame_open (EONAY_PKCS11_ANSWER_TYPE, content);

  return frame != NULL && eonay_pkcs11_answer_decode (answer, frame);
}

static EonayPkcs11Request *
take_request (const guint8 *bytes, gsize length)
{
  g_autoptr (GBytes) content = g_bytes_new (bytes, length);
  g_autoptr (GVariant) frame = eonay_frame_open (EONAY_PKCS11_REQUEST_TYPE, content);

  return frame != NULL ? eonay_pkcs11_request_decode (frame) : NULL;
}

static GPtrArray *
new_list (const char *first, const char *second)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  g_ptr_array_add (list, g_bytes_new (first, strlen (first)));
  g_ptr_array_add (list, g_bytes_new (second, strlen (second)));

  return list;
}

static EonayPkcs11Slot *
new_slot (void)
{
  EonayPkcs11Slot *slot = eonay_pkcs11_slot_new ();
  g_autoptr (GBytes) der = g_bytes_new ("certificate", 11);
  g_autoptr (GBytes) id = g_bytes_new ("\1", 1);

  slot->id = G_GUINT64_CONSTANT (0x123456789ABCDEF0);
  slot->description = g_strdup ("Okuyucu");
  slot->label = g_strdup ("DENEME Kartı");
  slot->serial = g_strdup ("0042");
  slot->model = g_strdup ("Model");
  slot->flags = EONAY_PKCS11_KEYPAD | EONAY_PKCS11_PIN_LAST;
  slot->min_length = 4;
  slot->max_length = 8;
  g_ptr_array_add (slot->certificates, eonay_token_certificate_new (der, id, "AYŞE", TRUE, TRUE));

  return slot;
}

static EonayPkcs11Request *
new_request (void)
{
  EonayPkcs11Request *request = eonay_pkcs11_request_new (EONAY_PKCS11_ASK_SIGN);

  request->slot = 7;
  request->serial = g_strdup ("0042");
  request->label = g_strdup ("DENEME");
  request->consent =
      (EonayPinConsent){ .pin = 77, .answer = 78, .tries_left = 1, .low = TRUE, .last_try = TRUE };
  request->scheme = EONAY_SIGNATURE_SCHEME_ECDSA_SHA384;
  request->certificate = g_bytes_new ("certificate", 11);
  request->digests = new_list ("one", "two");
  request->secret = eonay_secret_new ("123456", 6);

  return request;
}

static void
test_request (void)
{
  g_autoptr (EonayPkcs11Request) request = new_request ();
  g_autoptr (GByteArray) frame = serialise (eonay_pkcs11_request_encode (request));
  g_autoptr (EonayPkcs11Request) back = NULL;

  back = take_request (frame->data, frame->len);
  g_assert_nonnull (back);
  g_assert_cmpint (back->ask, ==, EONAY_PKCS11_ASK_SIGN);
  g_assert_cmpuint (back->slot, ==, 7);
  g_assert_cmpstr (back->serial, ==, "0042");
  g_assert_cmpuint (back->consent.pin, ==, TRUE);
  g_assert_cmpuint (back->consent.answer, ==, TRUE);
  g_assert_cmpint (back->consent.tries_left, ==, 1);
  g_assert_true (back->consent.low && back->consent.last_try);
  g_assert_cmpint (back->scheme, ==, EONAY_SIGNATURE_SCHEME_ECDSA_SHA384);
  g_assert_true (g_bytes_equal (back->certificate, request->certificate));
  g_assert_cmpuint (back->digests->len, ==, 2);
  g_assert_cmpuint (back->messages->len, ==, 0);
  g_assert_true (back->announced.has_secret);
  g_assert_cmpuint (back->announced.secret_length, ==, 6);
  g_assert_false (back->announced.has_new_pin);

  /* The PIN is never in the frame. */
  g_assert_null (g_strstr_len ((const char *) frame->data, frame->len, "123456"));
  g_assert_null (memmem (frame->data, frame->len, "123456", 6));

  /* Neither a part of a request nor more than one is one. */
  for (guint length = 0; length < frame->len; length++)
    g_assert_null (take_request (frame->data, length));
  g_byte_array_append (frame, (const guint8 *) "x", 1);
  g_assert_null (take_request (frame->data, frame->len));
}

static void
test_secret_too_long (void)
{
  g_autoptr (EonayPkcs11Request) request = new_request ();
  g_autoptr (GByteArray) frame = serialise (eonay_pkcs11_request_encode (request));
  const guint16 too_long = EONAY_SECRET_MAX + 1;

  memcpy (frame->data + 2, &too_long, sizeof too_long);
  g_assert_null (take_request (frame->data, frame->len));
}

static void
test_slots (void)
{
  g_autoptr (GPtrArray) slots =
      g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pkcs11_slot_free);
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  g_autoptr (GByteArray) frame = NULL;
  const EonayPkcs11Slot *slot;
  EonayPinState state;

  g_ptr_array_add (slots, new_slot ());
  g_ptr_array_add (slots, new_slot ());
  frame = say (EONAY_PKCS11_SAYS_SLOTS, &(EonayPkcs11Answer){ .slots = slots });
  g_assert_true (take (answer, frame->data, frame->len));
  g_assert_cmpuint (answer->slots->len, ==, 2);
  slot = answer->slots->pdata[1];
  g_assert_cmpuint (slot->id, ==, G_GUINT64_CONSTANT (0x123456789ABCDEF0));
  g_assert_cmpstr (slot->label, ==, "DENEME Kartı");
  g_assert_cmpuint (slot->certificates->len, ==, 1);
  eonay_pkcs11_slot_get_pin_state (slot, EONAY_PIN_ROLE_PIN, &state);
  g_assert_true (state.known);
  g_assert_cmpint (state.tries_left, ==, 1);
  g_assert_cmpuint (state.max_length, ==, 8);

  for (guint length = 0; length < frame->len; length++)
    {
      g_autoptr (EonayPkcs11Answer) part = eonay_pkcs11_answer_new ();

      g_assert_false (take (part, frame->data, length));
    }
}

static void
test_control_characters (void)
{
  g_autoptr (EonayPkcs11Slot) slot = new_slot ();
  static const char *const bad[] = { "a\nb", "\x1b[2J", "\xff", "a\x7f" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
      g_autoptr (GByteArray) frame = say (EONAY_PKCS11_SAYS_STATE,
                                          &(EonayPkcs11Answer){ .state = slot });
      guint8 *label = memmem (frame->data, frame->len, "DENEME", 6);

      memcpy (label, bad[i], strlen (bad[i]));
      g_assert_false (take (answer, frame->data, frame->len));
    }
}

/* Of the right type, and more than anybody needs. */
static void
test_counts (void)
{
  const struct {
    guint slots;
    guint certificates;
    guint listed;
    gboolean accepted;
  } rows[] = { { 64, 0, 0, TRUE },   { 65, 0, 0, FALSE },  { 1, 256, 0, TRUE },
               { 1, 257, 0, FALSE }, { 0, 0, 4096, TRUE }, { 0, 0, 4097, FALSE } };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (EonayPkcs11Answer) sent = eonay_pkcs11_answer_new ();
      g_autoptr (EonayPkcs11Answer) back = eonay_pkcs11_answer_new ();
      g_autoptr (GByteArray) frame = NULL;

      sent->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pkcs11_slot_free);
      sent->modules = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
      for (guint j = 0; j < rows[i].slots; j++)
        {
          EonayPkcs11Slot *slot = new_slot ();

          for (guint k = 1; k < rows[i].certificates; k++)
            g_ptr_array_add (slot->certificates, g_object_ref (slot->certificates->pdata[0]));
          g_ptr_array_add (sent->slots, slot);
        }
      for (guint j = 0; j < rows[i].listed; j++)
        g_ptr_array_add (sent->modules, g_bytes_new_static ("x", 1));
      frame = say (rows[i].listed > 0 ? EONAY_PKCS11_SAYS_MODULES : EONAY_PKCS11_SAYS_SLOTS, sent);
      g_assert_true (take (back, frame->data, frame->len) == rows[i].accepted);
    }
}

/* A state is one token's, and a request is no answer, nor an answer a request. */
static void
test_wrong_content (void)
{
  g_autoptr (EonayPkcs11Request) request = new_request ();
  g_autoptr (GByteArray) asked = serialise (eonay_pkcs11_request_encode (request));
  g_autoptr (GByteArray) stateless = say (EONAY_PKCS11_SAYS_STATE, &(EonayPkcs11Answer){ 0 });
  g_autoptr (GByteArray) senseless = say (EONAY_PKCS11_SAYS_WANTS_PINS + 1,
                                          &(EonayPkcs11Answer){ 0 });
  g_autoptr (GByteArray) tried = say (
      EONAY_PKCS11_SAYS_PROGRESS, &(EonayPkcs11Answer){ .pin_try = EONAY_PIN_TRY_UNCERTAIN + 1 });
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  g_autofree guint8 *long_one = g_malloc0 (EONAY_FRAME_MAX + 1);

  g_assert_false (take (answer, asked->data, asked->len));
  g_assert_null (take_request (stateless->data, stateless->len));
  g_assert_false (take (answer, stateless->data, stateless->len));
  g_assert_false (take (answer, senseless->data, senseless->len));
  g_assert_false (take (answer, tried->data, tried->len));
  g_assert_false (take (answer, long_one, EONAY_FRAME_MAX + 1));
  g_assert_false (take (answer, long_one, EONAY_FRAME_MAX));
}

/* Numbers are read where they lie. */
static void
test_alignment (void)
{
  g_autoptr (EonayPkcs11Slot) slot = new_slot ();
  g_autoptr (GByteArray) frame = say (EONAY_PKCS11_SAYS_STATE,
                                      &(EonayPkcs11Answer){ .state = slot });
  g_autofree guint8 *room = g_malloc (frame->len + 8);

  for (guint shift = 0; shift < 8; shift++)
    {
      g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
      g_autoptr (GBytes) bytes = g_bytes_new_static (room + shift, frame->len);
      g_autoptr (GVariant) opened = NULL;

      memcpy (room + shift, frame->data, frame->len);
      opened = eonay_frame_open (EONAY_PKCS11_ANSWER_TYPE, bytes);
      g_assert_nonnull (opened);
      g_assert_true (eonay_pkcs11_answer_decode (answer, opened));
      g_assert_cmpuint (answer->state->id, ==, slot->id);
    }
}

static void
test_errors (void)
{
  for (int code = 0; code <= EONAY_CARD_ERROR_LAST; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (EONAY_CARD_ERROR, code, "message");
      g_autoptr (GByteArray) frame = say (EONAY_PKCS11_SAYS_ERROR,
                                          &(EonayPkcs11Answer){ .error = error });
      g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();

      g_assert_true (take (answer, frame->data, frame->len));
      g_assert_error (answer->error, EONAY_CARD_ERROR, code);
    }
}

static void
test_tries_and_cancelling (void)
{
  g_autoptr (GError) wrong = eonay_card_error_new_pin_wrong (2);
  g_autoptr (GError) stop = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
  g_autoptr (GByteArray) wrong_frame = say (EONAY_PKCS11_SAYS_ERROR,
                                            &(EonayPkcs11Answer){ .error = wrong });
  g_autoptr (GByteArray) stop_frame = say (EONAY_PKCS11_SAYS_ERROR,
                                           &(EonayPkcs11Answer){ .error = stop });
  g_autoptr (EonayPkcs11Answer) first = eonay_pkcs11_answer_new ();
  g_autoptr (EonayPkcs11Answer) second = eonay_pkcs11_answer_new ();

  g_assert_true (take (first, wrong_frame->data, wrong_frame->len));
  g_assert_error (first->error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_PIN_WRONG);
  g_assert_cmpint (eonay_card_error_get_tries_left (first->error), ==, 2);
  g_assert_true (take (second, stop_frame->data, stop_frame->len));
  g_assert_error (second->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_order_of_frames (void)
{
  g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();
  g_autoptr (GPtrArray) list = new_list ("one", "two");
  g_autoptr (GByteArray) end = say (EONAY_PKCS11_SAYS_END, &(EonayPkcs11Answer){ 0 });
  g_autoptr (GByteArray) sent = say (EONAY_PKCS11_SAYS_PROGRESS,
                                     &(EonayPkcs11Answer){ .pin_try = EONAY_PIN_TRY_UNCERTAIN });
  g_autoptr (GByteArray) signatures = say (EONAY_PKCS11_SAYS_SIGNATURES,
                                           &(EonayPkcs11Answer){ .signatures = list });

  g_assert_cmpint (answer->pin_try, ==, EONAY_PIN_TRY_NOT_SENT);
  g_assert_true (take (answer, sent->data, sent->len));
  g_assert_cmpint (answer->pin_try, ==, EONAY_PIN_TRY_UNCERTAIN);
  g_assert_true (take (answer, signatures->data, signatures->len));
  /* No second outcome, nothing after the end, and no end without an outcome. */
  g_assert_false (take (answer, signatures->data, signatures->len));
  g_assert_true (take (answer, end->data, end->len));
  g_assert_false (take (answer, sent->data, sent->len));
  g_clear_pointer (&answer, eonay_pkcs11_answer_free);
  answer = eonay_pkcs11_answer_new ();
  g_assert_false (take (answer, end->data, end->len));
}

/* Whatever comes: no read past the end, no leak; the sanitizers watch. */
static void
test_garbage (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (20260601);
  guint understood = 0;

  for (guint i = 0; i < RANDOM_FRAMES; i++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, RANDOM_LENGTH);
      g_autofree guint8 *bytes = g_malloc (length + 1);
      g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();

      for (gsize j = 0; j < length; j++)
        bytes[j] = (guint8) (g_rand_boolean (random) ? g_rand_int_range (random, 0, 8)
                                                     : g_rand_int_range (random, 0, 256));
      understood += take (answer, bytes, length);
      eonay_pkcs11_request_free (take_request (bytes, length));
    }
  g_assert_cmpuint (understood, <, RANDOM_FRAMES / 10);
}

static void
test_flipped_bytes (void)
{
  g_autoptr (EonayPkcs11Slot) slot = new_slot ();
  g_autoptr (GByteArray) frame = say (EONAY_PKCS11_SAYS_STATE,
                                      &(EonayPkcs11Answer){ .state = slot });

  for (guint i = 0; i < frame->len; i++)
    for (guint bit = 0; bit < 8; bit++)
      {
        g_autoptr (EonayPkcs11Answer) answer = eonay_pkcs11_answer_new ();

        frame->data[i] ^= (guint8) (1 << bit);
        take (answer, frame->data, frame->len);
        frame->data[i] ^= (guint8) (1 << bit);
      }
}

static void
test_pipe (void)
{
  const guint8 too_long[] = { 0x7F, 0xFF, 0xFF, 0xFF };
  gint64 soon = g_get_monotonic_time () + 20000;
  g_autoptr (GVariant) frame = g_variant_ref_sink (g_variant_new_string ("deneme"));
  g_autoptr (GVariant) back = NULL;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  g_assert_cmpint (eonay_frame_pipe_write_frame (ends[0], frame, EONAY_FRAME_PIPE_FOREVER), ==,
                   EONAY_FRAME_PIPE_DONE);
  g_assert_cmpint (eonay_frame_pipe_read_frame (ends[1], "s", EONAY_FRAME_PIPE_FOREVER, &back), ==,
                   EONAY_FRAME_PIPE_DONE);
  g_assert_cmpstr (g_variant_get_string (back, NULL), ==, "deneme");
  g_clear_pointer (&back, g_variant_unref);

  /* What is not of the type that is expected is not handed out. */
  g_assert_cmpint (eonay_frame_pipe_write_frame (ends[0], frame, EONAY_FRAME_PIPE_FOREVER), ==,
                   EONAY_FRAME_PIPE_DONE);
  g_assert_cmpint (eonay_frame_pipe_read_frame (ends[1], "as", EONAY_FRAME_PIPE_FOREVER, &back), ==,
                   EONAY_FRAME_PIPE_MALFORMED);
  g_assert_null (back);

  g_assert_cmpint (eonay_frame_pipe_read_frame (ends[1], "s", soon, &back), ==,
                   EONAY_FRAME_PIPE_TIMED_OUT);
  g_assert_cmpint (
      eonay_frame_pipe_write (ends[0], too_long, sizeof too_long, EONAY_FRAME_PIPE_FOREVER), ==,
      EONAY_FRAME_PIPE_DONE);
  g_assert_cmpint (eonay_frame_pipe_read_frame (ends[1], "s", EONAY_FRAME_PIPE_FOREVER, &back), ==,
                   EONAY_FRAME_PIPE_MALFORMED);
  close (ends[0]);
  g_assert_cmpint (eonay_frame_pipe_read_frame (ends[1], "s", EONAY_FRAME_PIPE_FOREVER, &back), ==,
                   EONAY_FRAME_PIPE_CLOSED);
  g_assert_cmpint (eonay_frame_pipe_write_frame (ends[1], frame, EONAY_FRAME_PIPE_FOREVER), ==,
                   EONAY_FRAME_PIPE_CLOSED);
  close (ends[1]);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/card/pkcs11-wire/request", test_request);
  g_test_add_func ("/card/pkcs11-wire/secret-too-long", test_secret_too_long);
  g_test_add_func ("/card/pkcs11-wire/slots", test_slots);
  g_test_add_func ("/card/pkcs11-wire/control-characters", test_control_characters);
  g_test_add_func ("/card/pkcs11-wire/counts", test_counts);
  g_test_add_func ("/card/pkcs11-wire/wrong-content", test_wrong_content);
  g_test_add_func ("/card/pkcs11-wire/alignment", test_alignment);
  g_test_add_func ("/card/pkcs11-wire/errors", test_errors);
  g_test_add_func ("/card/pkcs11-wire/tries-and-cancelling", test_tries_and_cancelling);
  g_test_add_func ("/card/pkcs11-wire/order-of-frames", test_order_of_frames);
  g_test_add_func ("/card/pkcs11-wire/garbage", test_garbage);
  g_test_add_func ("/card/pkcs11-wire/flipped-bytes", test_flipped_bytes);
  g_test_add_func ("/card/pkcs11-wire/pipe", test_pipe);

  return g_test_run ();
}
