#include "practice/reader/eonay-practice-reader.h"

#include "base/eonay-error.h"
#include "practice/reader/eonay-practice-transport.h"

#define INS_VERIFY 0x20
#define INS_CHANGE_REFERENCE_DATA 0x24
#define INS_RESET_RETRY_COUNTER 0x2C
#define INS_PERFORM_SECURITY_OPERATION 0x2A
#define STATUS_LENGTH 2
#define P1_ONLY_NEW_PIN 0x02

/* Referenced by the reader and by every removal that was not reported yet. */
typedef struct {
  GMainContext *context;
  EonayPracticeReaderPulled pulled;
  GWeakRef object;
} Listener;

struct _EonayPracticeReader {
  GObject parent_instance;

  GMutex lock;
  GCond freed;
  GCond released;
  EonayPracticeCard *card;
  const EonayPracticeContact *holder;
  guint delay;
  guint commands_until_pull;
  guint commands_until_hold;
  guint signatures_until_spoiled;
  gboolean holds;
  guint n_commands;
  guint n_pins;
  gsize n_bytes;
  guint n_insertions;
  Listener *listener;
};

G_DEFINE_FINAL_TYPE (EonayPracticeReader, eonay_practice_reader, G_TYPE_OBJECT)

static void
clear_listener (gpointer listener)
{
  Listener *self = listener;

  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->object);
}

static void
release_listener (gpointer listener)
{
  g_atomic_rc_box_release_full (listener, clear_listener);
}

static gboolean
call_listener (gpointer listener)
{
  Listener *self = listener;
  g_autoptr (GObject) object = g_weak_ref_get (&self->object);

  if (object != NULL)
    self->pulled (object);

  return G_SOURCE_REMOVE;
}

static void
eonay_practice_reader_finalize (GObject *object)
{
  EonayPracticeReader *self = EONAY_PRACTICE_READER (object);

  g_clear_pointer (&self->listener, release_listener);
  g_clear_object (&self->card);
  g_cond_clear (&self->freed);
  g_cond_clear (&self->released);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (eonay_practice_reader_parent_class)->finalize (object);
}

static void
eonay_practice_reader_class_init (EonayPracticeReaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = eonay_practice_reader_finalize;
}

static void
eonay_practice_reader_init (EonayPracticeReader *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->freed);
  g_cond_init (&self->released);
}

EonayPracticeReader *
eonay_practice_reader_new (void)
{
  return g_object_new (EONAY_TYPE_PRACTICE_READER, NULL);
}

void
eonay_practice_reader_listen (EonayPracticeReader *self, GMainContext *context,
                              EonayPracticeReaderPulled pulled, gpointer object)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_clear_pointer (&self->listener, release_listener);
  if (context == NULL)
    return;

  self->listener = g_atomic_rc_box_new0 (Listener);
  self->listener->context = g_main_context_ref (context);
  self->listener->pulled = pulled;
  g_weak_ref_init (&self->listener->object, object);
}

static void
set_card_locked (EonayPracticeReader *self, EonayPracticeCard *card)
{
  if (self->card == card)
    return;

  if (self->card != NULL)
    eonay_practice_card_reset (self->card);
  if (card != NULL)
    self->n_insertions++;

  g_set_object (&self->card, card);
  self->holder = NULL;
  g_cond_broadcast (&self->freed);
}

void
eonay_practice_reader_set_card (EonayPracticeReader *self, EonayPracticeCard *card)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  set_card_locked (self, card);
}

EonayPracticeCard *
eonay_practice_reader_get_card (EonayPracticeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->card != NULL ? g_object_ref (self->card) : NULL;
}

void
eonay_practice_reader_set_delay (EonayPracticeReader *self, guint milliseconds)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->delay = milliseconds;
}

void
eonay_practice_reader_pull_at (EonayPracticeReader *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->commands_until_pull = n;
}

void
eonay_practice_reader_spoil_at (EonayPracticeReader *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->signatures_until_spoiled = n;
}

void
eonay_practice_reader_get_traffic (EonayPracticeReader *self, guint *commands, gsize *bytes)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *commands = self->n_commands;
  *bytes = self->n_bytes;
}

void
eonay_practice_reader_hold_at (EonayPracticeReader *self, guint n)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->commands_until_hold = n;
  self->holds = FALSE;
  g_cond_broadcast (&self->released);
}

gboolean
eonay_practice_reader_holds (EonayPracticeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->holds;
}

guint
eonay_practice_reader_get_pins (EonayPracticeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->n_pins;
}

static void
pull_locked (EonayPracticeReader *self)
{
  g_autoptr (GSource) source = NULL;

  set_card_locked (self, NULL);
  if (self->listener == NULL)
    return;

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, call_listener, g_atomic_rc_box_acquire (self->listener),
                         release_listener);
  g_source_attach (source, self->listener->context);
}

EonayTransport *
eonay_practice_reader_open (EonayPracticeReader *self)
{
  return eonay_practice_transport_new (self);
}

static void
wait_for_turn (EonayPracticeReader *self, const EonayPracticeContact *contact)
{
  while (self->holder != NULL && self->holder != contact)
    g_cond_wait (&self->freed, &self->lock);
}

static void
release (EonayPracticeReader *self, const EonayPracticeContact *contact)
{
  if (self->holder != contact)
    return;

  self->holder = NULL;
  g_cond_broadcast (&self->freed);
}

static gboolean
is_in_contact (EonayPracticeReader *self, const EonayPracticeContact *contact)
{
  return contact->card != NULL && contact->card == self->card &&
         contact->insertion == self->n_insertions;
}

static gboolean
check_contact (EonayPracticeReader *self, const EonayPracticeContact *contact, GError **error)
{
  if (contact->card == NULL)
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_FAILED, "Not connected");
  else if (!is_in_contact (self, contact))
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_REMOVED, "Card was removed");
  else if (contact->n_resets != eonay_practice_card_get_n_resets (self->card))
    g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_RESET, "Card was reset");
  else
    return TRUE;

  return FALSE;
}

static void
dispose_of (EonayPracticeContact *contact, EonayDisposition disposition)
{
  if (disposition != EONAY_DISPOSITION_RESET)
    return;

  eonay_practice_card_reset (contact->card);
  contact->n_resets = eonay_practice_card_get_n_resets (contact->card);
}

gboolean
eonay_practice_reader_connect (EonayPracticeReader *self, EonayPracticeContact *contact,
                               GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wait_for_turn (self, contact);
  if (self->card == NULL)
    {
      g_set_error_literal (error, EONAY_CARD_ERROR, EONAY_CARD_ERROR_NO_CARD, "No card");
      return FALSE;
    }

  g_set_object (&contact->card, self->card);
  contact->insertion = self->n_insertions;
  contact->n_resets = eonay_practice_card_get_n_resets (self->card);

  return TRUE;
}

void
eonay_practice_reader_disconnect (EonayPracticeReader *self, EonayPracticeContact *contact,
                                  EonayDisposition disposition)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (is_in_contact (self, contact))
    dispose_of (contact, disposition);
  g_clear_object (&contact->card);
  release (self, contact);
}

gboolean
eonay_practice_reader_begin (EonayPracticeReader *self, EonayPracticeContact *contact,
                             GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wait_for_turn (self, contact);
  if (!check_contact (self, contact, error))
    {
      if (is_in_contact (self, contact))
        contact->n_resets = eonay_practice_card_get_n_resets (self->card);
      return FALSE;
    }

  self->holder = contact;

  return TRUE;
}

gboolean
eonay_practice_reader_end (EonayPracticeReader *self, EonayPracticeContact *contact,
                           EonayDisposition disposition, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  release (self, contact);
  if (!check_contact (self, contact, error))
    return FALSE;

  dispose_of (contact, disposition);

  return TRUE;
}

/* Returns: (transfer full) (nullable): the card, ready for one command */
static EonayPracticeCard *
take_turn (EonayPracticeReader *self, const EonayPracticeContact *contact, GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  wait_for_turn (self, contact);
  if (is_in_contact (self, contact) && self->commands_until_pull > 0 &&
      --self->commands_until_pull == 0)
    pull_locked (self);

  return check_contact (self, contact, error) ? g_object_ref (self->card) : NULL;
}

static guint
get_delay (EonayPracticeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->delay;
}

/* Returns: whether it costs a try if it is wrong */
static gboolean
presents_pin (const guint8 *command, gsize length)
{
  return length > 5 && (command[1] == INS_VERIFY || command[1] == INS_CHANGE_REFERENCE_DATA ||
                        (command[1] == INS_RESET_RETRY_COUNTER && command[2] != P1_ONLY_NEW_PIN));
}

static void
count (EonayPracticeReader *self, const guint8 *command, gsize length, gsize answered)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->n_commands++;
  self->n_pins += presents_pin (command, length);
  self->n_bytes += length + answered;
}

static void
wait_while_held (EonayPracticeReader *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->commands_until_hold == 0 || --self->commands_until_hold > 0)
    return;

  self->holds = TRUE;
  while (self->holds)
    g_cond_wait (&self->released, &self->lock);
}

static gboolean
is_spoiled (EonayPracticeReader *self, const guint8 *command, gsize answered)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return command[1] == INS_PERFORM_SECURITY_OPERATION && answered > STATUS_LENGTH &&
         self->signatures_until_spoiled > 0 && --self->signatures_until_spoiled == 0;
}

/* @response: (transfer full). Returns: (transfer full): with another last byte of its data */
static GBytes *
spoil (GBytes *response)
{
  gsize length;
  guint8 *bytes = g_bytes_unref_to_data (response, &length);

  bytes[length - STATUS_LENGTH - 1] ^= 1;

  return g_bytes_new_take (bytes, length);
}

GBytes *
eonay_practice_reader_transmit (EonayPracticeReader *self, EonayPracticeContact *contact,
                                const guint8 *command, gsize length, GError **error)
{
  g_autoptr (EonayPracticeCard) card = NULL;
  guint delay = get_delay (self);
  GBytes *response;

  if (delay > 0)
    g_usleep (delay * G_TIME_SPAN_MILLISECOND);
  wait_while_held (self);

  card = take_turn (self, contact, error);
  if (card == NULL)
    return NULL;

  response = eonay_practice_card_process (card, command, length);
  count (self, command, length, g_bytes_get_size (response));

  return is_spoiled (self, command, g_bytes_get_size (response)) ? spoil (response) : response;
}
