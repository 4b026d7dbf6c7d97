#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** What starts the service, or installs it, in a terminal. */
#define EONAY_PCSC_START_COMMAND "sudo systemctl start pcscd"
#define EONAY_PCSC_INSTALL_COMMAND "sudo apt install pcscd"

/**
 * eonay_pcsc_start_async:
 * @bus: (nullable): the system bus, %NULL for the machine's
 *
 * Asks systemd to start the card service (org.freedesktop.systemd1.Manager.StartUnit of
 * pcscd.socket, or of pcscd.service where there is no such unit), and waits for the end of its job.
 * Where the desktop has a polkit agent, that asks the person for the permission, for as long as it
 * takes. Ends with an error if systemd leaves the bus meanwhile. That the service can be used now is
 * told by its socket, not by this.
 */
void eonay_pcsc_start_async (GDBusConnection *bus, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);

/**
 * Returns: %FALSE if it was not started: %G_IO_ERROR_NOT_FOUND, it is not installed, and the person can
 *   be given %EONAY_PCSC_INSTALL_COMMAND; other errors of #G_IO_ERROR and #G_DBUS_ERROR, for the log,
 *   with %EONAY_PCSC_START_COMMAND for the person
 */
gboolean eonay_pcsc_start_finish (GAsyncResult *result, GError **error);

G_END_DECLS
