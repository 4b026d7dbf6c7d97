#include "eonay-embedded-practice.h"

#include <glib/gi18n-lib.h>

#define CODE_VALIDITY 285

/* Two words, an SMS and a new PIN take their time. */
#define UNBLOCK_VALIDITY 600

struct _EonayEmbeddedPractice {
  GObject parent_instance;

  EonayPractice *practice;
  EonayPortalProfile *profile;
  int card;
  guint phone_watch;
};

static void eonay_embedded_practice_controller_init (EonayPracticeControllerInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (EonayEmbeddedPractice, eonay_embedded_practice, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (EONAY_TYPE_PRACTICE_CONTROLLER,
                                                      eonay_embedded_practice_controller_init))

static gboolean
make_profile (EonayEmbeddedPractice *self, GError **error)
{
  EonayPracticePortal *portal = eonay_practice_get_portal (self->practice);

  self->profile = eonay_portal_profile_new (
      "deneme", _ ("Practice portal"), eonay_practice_portal_get_base_url (portal),
      eonay_practice_portal_get_tls_ca_file (portal), TRUE, error);

  return self->profile != NULL;
}

static gboolean
watch_phone_cb (gpointer user_data)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (user_data);
  EonayPracticePortal *portal = eonay_practice_get_portal (self->practice);

  if (eonay_practice_portal_peek_unblocking (portal) != NULL)
    return G_SOURCE_CONTINUE;

  self->phone_watch = 0;
  eonay_practice_controller_emit_phone_changed (EONAY_PRACTICE_CONTROLLER (self));

  return G_SOURCE_REMOVE;
}

static void
phone_changed (EonayEmbeddedPractice *self)
{
  /* Time that runs out does so without a word. */
  if (self->phone_watch == 0)
    self->phone_watch = g_timeout_add_seconds (1, watch_phone_cb, self);

  eonay_practice_controller_emit_phone_changed (EONAY_PRACTICE_CONTROLLER (self));
}

static void
print_address (EonayEmbeddedPractice *self)
{
  g_autofree char *line = eonay_practice_describe_address (self->practice);

  g_print ("%s\n", line);
}

static void
started_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  EonayEmbeddedPractice *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (eonay_practice_start_finish (EONAY_PRACTICE (source), result, &error) &&
      make_profile (self, &error))
    {
      g_signal_connect_object (eonay_practice_get_portal (self->practice), "changed",
                               G_CALLBACK (phone_changed), self, G_CONNECT_SWAPPED);
      print_address (self);
      g_task_return_boolean (task, TRUE);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static void
controller_start_async (EonayPracticeController *controller, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (controller);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, controller_start_async);
  eonay_practice_start_async (self->practice, self->card, cancellable, started_cb, task);
}

static gboolean
controller_start_finish (EonayPracticeController *controller, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static EonaySlotSource *
controller_get_slots (EonayPracticeController *controller)
{
  return EONAY_SLOT_SOURCE (
      eonay_practice_get_slots (EONAY_EMBEDDED_PRACTICE (controller)->practice));
}

static EonayPortalProfile *
controller_get_profile (EonayPracticeController *controller)
{
  return EONAY_EMBEDDED_PRACTICE (controller)->profile;
}

static char *
create_unblock_code (EonayEmbeddedPractice *self, GError **error)
{
  EonayPracticeCard *card =
      eonay_practice_slots_get_card (eonay_practice_get_slots (self->practice));
  g_autofree char *serial = card == NULL ? NULL : eonay_practice_card_get_serial (card);
  const EonayPracticeUnblockWish wish = { .card_serial = serial };

  return eonay_practice_portal_create_unblock (eonay_practice_get_portal (self->practice),
                                               UNBLOCK_VALIDITY, &wish, NULL, error);
}

static char *
controller_create_code (EonayPracticeController *controller, const char *operation, GError **error)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (controller);

  if (self->profile == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_INITIALIZED,
                           "The practice portal is still starting");
      return NULL;
    }

  if (g_str_equal (operation, "unblock"))
    return create_unblock_code (self, error);

  return eonay_practice_portal_create (eonay_practice_get_portal (self->practice), operation,
                                       CODE_VALIDITY, NULL, error);
}

static guint
controller_get_n_cards (EonayPracticeController *controller)
{
  return EONAY_PRACTICE_N_CARDS;
}

static const char *
controller_describe_card (EonayPracticeController *controller, guint card)
{
  switch ((EonayPracticeCardKind) card)
    {
    case EONAY_PRACTICE_CARD_VALID:
      return _ ("Valid card");
    case EONAY_PRACTICE_CARD_EC:
      return _ ("Valid card (P-384)");
    case EONAY_PRACTICE_CARD_EXPIRED:
      return _ ("Expired card");
    case EONAY_PRACTICE_CARD_BLOCKED:
      return _ ("Card with a blocked PIN");
    case EONAY_PRACTICE_CARD_TWO:
      return _ ("Card with two certificates");
    default:
      return "";
    }
}

static int
controller_get_card (EonayPracticeController *controller)
{
  return EONAY_EMBEDDED_PRACTICE (controller)->card;
}

static void
controller_insert (EonayPracticeController *controller, int card)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (controller);

  if (self->profile == NULL || card < -1 || card >= EONAY_PRACTICE_N_CARDS)
    return;

  self->card = card;
  eonay_practice_insert (self->practice, card);
}

static const char *
controller_get_ca_pem (EonayPracticeController *controller)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (controller);

  return self->profile != NULL ? eonay_practice_get_ca_pem (self->practice) : NULL;
}

static const EonayPracticeUnblocking *
peek_unblocking (EonayPracticeController *controller)
{
  EonayPracticePortal *portal =
      eonay_practice_get_portal (EONAY_EMBEDDED_PRACTICE (controller)->practice);

  return portal == NULL ? NULL : eonay_practice_portal_peek_unblocking (portal);
}

static const char *
controller_get_security_word (EonayPracticeController *controller)
{
  const EonayPracticeUnblocking *unblocking = peek_unblocking (controller);

  return unblocking == NULL ? NULL : unblocking->security_word;
}

static const char *
controller_get_sms (EonayPracticeController *controller)
{
  const EonayPracticeUnblocking *unblocking = peek_unblocking (controller);

  return unblocking == NULL ? NULL : unblocking->sms_code;
}

static void
eonay_embedded_practice_controller_init (EonayPracticeControllerInterface *iface)
{
  iface->get_security_word = controller_get_security_word;
  iface->get_sms = controller_get_sms;
  iface->start_async = controller_start_async;
  iface->start_finish = controller_start_finish;
  iface->get_slots = controller_get_slots;
  iface->get_profile = controller_get_profile;
  iface->create_code = controller_create_code;
  iface->get_n_cards = controller_get_n_cards;
  iface->describe_card = controller_describe_card;
  iface->get_card = controller_get_card;
  iface->insert = controller_insert;
  iface->get_ca_pem = controller_get_ca_pem;
}

static void
eonay_embedded_practice_dispose (GObject *object)
{
  EonayEmbeddedPractice *self = EONAY_EMBEDDED_PRACTICE (object);

  g_clear_handle_id (&self->phone_watch, g_source_remove);
  g_clear_object (&self->profile);
  g_clear_object (&self->practice);

  G_OBJECT_CLASS (eonay_embedded_practice_parent_class)->dispose (object);
}

static void
eonay_embedded_practice_class_init (EonayEmbeddedPracticeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = eonay_embedded_practice_dispose;
}

static void
eonay_embedded_practice_init (EonayEmbeddedPractice *self)
{
  const char *delay = g_getenv ("EONAY_PRACTICE_CARD_DELAY");
  guint64 milliseconds = 0;

  self->practice = eonay_practice_new ();
  if (delay != NULL && g_ascii_string_to_unsigned (delay, 10, 0, 10000, &milliseconds, NULL))
    eonay_practice_slots_set_delay (eonay_practice_get_slots (self->practice),
                                    (guint) milliseconds);
  self->card = EONAY_PRACTICE_CARD_VALID;
}

EonayPractice *
eonay_embedded_practice_get_practice (EonayEmbeddedPractice *self)
{
  g_return_val_if_fail (EONAY_IS_EMBEDDED_PRACTICE (self), NULL);

  return self->practice;
}
