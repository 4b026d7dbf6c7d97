#include "card/pcsc/eonay-pcsc-probe.h"

#include <errno.h>
#include <gio/gunixsocketaddress.h>

#include "base/eonay-error.h"
#include "card/pcsc/eonay-pcsc-slots.h"
#include "card/pcsc/eonay-pcsc.h"

/* What two sides share: the caller's, and the thread that may be stuck with the service. */
typedef struct {
  GMainContext *context;
  GTask *task;                /* until it has been answered; main thread */
  EonayPcscProbeFacts *facts; /* the thread's, until it hands them over */
} Probe;

static const char *const signs_of_installation[] = {
  "/usr/sbin/pcscd",
  "/usr/local/sbin/pcscd",
  "/usr/lib/systemd/system/pcscd.service",
  "/lib/systemd/system/pcscd.service",
};

static EonayPcscProbeSnapshot *
snapshot_new (const char *name, gboolean has_card, gboolean is_mute, const guint8 *atr,
              gsize atr_length)
{
  EonayPcscProbeSnapshot *self = g_new0 (EonayPcscProbeSnapshot, 1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < atr_length; i++)
    g_string_append_printf (text, i == 0 ? "%02X" : " %02X", atr[i]);
  self->name = g_strdup (name);
  self->has_card = has_card;
  self->is_mute = is_mute;
  self->atr = g_string_free (g_steal_pointer (&text), FALSE);

  return self;
}

void
eonay_pcsc_probe_snapshot_free (EonayPcscProbeSnapshot *self)
{
  g_free (self->name);
  g_free (self->atr);
  g_free (self);
}

EonayPcscProbeFacts *
eonay_pcsc_probe_facts_new (void)
{
  EonayPcscProbeFacts *self = g_new0 (EonayPcscProbeFacts, 1);

  self->is_installed = TRUE;
  self->readers = g_ptr_array_new_with_free_func ((GDestroyNotify) eonay_pcsc_probe_snapshot_free);

  return self;
}

void
eonay_pcsc_probe_facts_free (EonayPcscProbeFacts *self)
{
  if (self == NULL)
    return;

  g_clear_error (&self->error);
  g_ptr_array_unref (self->readers);
  g_free (self);
}

static gboolean
is_installed (void)
{
  g_autofree char *program = g_find_program_in_path ("pcscd");

  if (program != NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (signs_of_installation); i++)
    if (g_file_test (signs_of_installation[i], G_FILE_TEST_EXISTS))
      return TRUE;

  return FALSE;
}

EonayPcscSocket
eonay_pcsc_probe_socket (const char *path)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, NULL);

  if (socket == NULL)
    return EONAY_PCSC_SOCKET_DENIED;

  /* A full queue must not hold anybody up; it is a sign of somebody who listens. */
  g_socket_set_blocking (socket, FALSE);
  if (g_socket_connect (socket, address, NULL, &error) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING) ||
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return EONAY_PCSC_SOCKET_OPEN;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return EONAY_PCSC_SOCKET_DENIED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return EONAY_PCSC_SOCKET_SILENT;

  return EONAY_PCSC_SOCKET_MISSING;
}

static void
look_at_readers (EonayPcscProbeFacts *facts, EonayPcscContext *context)
{
  g_auto (GStrv) names = eonay_pcsc_context_list (context, &facts->error);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      EonayPcscLook look = { 0 };

      /* One that has gone in between is not there. */
      if (eonay_pcsc_context_look (context, names[i], &look, NULL))
        g_ptr_array_add (facts->readers, snapshot_new (names[i], look.has_card, look.is_mute,
                                                       look.atr, look.atr_length));
    }
}

static EonayPcscProbeFacts *
gather (void)
{
  EonayPcscProbeFacts *facts = eonay_pcsc_probe_facts_new ();
  g_autoptr (EonayPcscContext) context = eonay_pcsc_context_new (&facts->error);

  facts->is_installed = is_installed ();
  if (context != NULL)
    look_at_readers (facts, context);
  if (facts->error != NULL)
    facts->socket = eonay_pcsc_probe_socket (eonay_pcsc_slots_get_socket ());

  return facts;
}

static void
probe_clear (gpointer data)
{
  Probe *probe = data;

  g_main_context_unref (probe->context);
  g_clear_pointer (&probe->facts, eonay_pcsc_probe_facts_free);
}

static void
probe_release (gpointer probe)
{
  g_atomic_rc_box_release_full (probe, probe_clear);
}

static gboolean
deliver (gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&probe->task);

  if (task != NULL)
    g_task_return_pointer (task, g_steal_pointer (&probe->facts),
                           (GDestroyNotify) eonay_pcsc_probe_facts_free);

  return G_SOURCE_REMOVE;
}

static gboolean
on_timeout (gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GTask) task = g_steal_pointer (&probe->task);
  EonayPcscProbeFacts *facts;

  if (task == NULL)
    return G_SOURCE_REMOVE;

  facts = eonay_pcsc_probe_facts_new ();
  facts->error = g_error_new_literal (EONAY_CARD_ERROR, EONAY_CARD_ERROR_UNRESPONSIVE,
                                      "The PC/SC service does not answer");
  g_task_return_pointer (task, facts, (GDestroyNotify) eonay_pcsc_probe_facts_free);

  return G_SOURCE_REMOVE;
}

static gpointer
run (gpointer user_data)
{
  Probe *probe = user_data;
  g_autoptr (GSource) source = g_idle_source_new ();

  probe->facts = gather ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, probe, probe_release);
  g_source_attach (source, probe->context);

  return NULL;
}

void
eonay_pcsc_probe_async (guint timeout, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Probe *probe = g_atomic_rc_box_new0 (Probe);
  g_autoptr (GSource) timer = g_timeout_source_new (timeout);

  probe->context = g_main_context_ref_thread_default ();
  probe->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (probe->task, eonay_pcsc_probe_async);
  g_source_set_callback (timer, on_timeout, g_atomic_rc_box_acquire (probe), probe_release);
  g_source_attach (timer, probe->context);
  g_thread_unref (g_thread_new ("PC/SC probe", run, probe));
}

EonayPcscProbeFacts *
eonay_pcsc_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
