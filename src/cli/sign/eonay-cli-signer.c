#include "cli/sign/eonay-cli-signer.h"

#include <glib/gi18n-lib.h>
#include <unistd.h>

EonayCliSigner *
eonay_cli_signer_new (const EonayCliSignOptions *options, EonayReaderList *readers)
{
  EonayCliSigner *self = g_new0 (EonayCliSigner, 1);

  self->options = options;
  self->readers = readers;
  self->candidates = eonay_candidate_list_new (readers, NULL);
  self->terminal = eonay_cli_terminal_new (NULL);
  self->interactive = self->terminal != NULL && isatty (STDIN_FILENO);
  self->stop = g_cancellable_new ();
  self->work = g_cancellable_new ();

  return self;
}

void
eonay_cli_signer_free (EonayCliSigner *self)
{
  g_clear_object (&self->candidate);
  g_clear_object (&self->candidates);
  g_clear_object (&self->stop);
  g_clear_object (&self->work);
  eonay_cli_terminal_free (self->terminal);
  g_free (self);
}

GCancellable *
eonay_cli_signer_new_stop (EonayCliSigner *self)
{
  g_clear_object (&self->stop);
  self->stop = g_cancellable_new ();
  if (self->interrupted)
    g_cancellable_cancel (self->stop);

  return self->stop;
}

gboolean
eonay_cli_signer_may_go_on (EonayCliSigner *self, GError **error)
{
  if (!self->interrupted)
    return self->go_on == NULL || self->go_on (self->user_data, error);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Interrupted");

  return FALSE;
}

gboolean
eonay_cli_signer_has_pin_source (EonayCliSigner *self, GError **error)
{
  if (self->options->pin_fd != -1 || self->terminal != NULL)
    return TRUE;

  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("Without a terminal the PIN has to come from --pin-fd."));

  return FALSE;
}

gboolean
eonay_cli_signer_show_text (EonayCliSigner *self, const char *text, guint room, EonayCliSize *at,
                            GError **error)
{
  /* If the output is redirected, the person still reads at the terminal. */
  if (!self->asks || !isatty (STDOUT_FILENO))
    g_print ("%s", text);
  if (!self->asks)
    return TRUE;

  return eonay_cli_terminal_show (self->terminal, text, room, at, eonay_cli_signer_new_stop (self),
                                  error);
}
