#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_echo_off:
 * @terminal: file descriptor
 *
 * Turns off a terminal's echo, until eonay_cli_echo_restore(), or until any signal that ends or
 * stops the program; it is off again when a stopped program continues. One terminal at a time.
 */
gboolean eonay_cli_echo_off (int terminal);

/**
 * Until eonay_cli_echo_restore() each key can be read at once, instead of a line after Enter. Only
 * while the echo is off.
 */
void eonay_cli_echo_take_keys (void);

/** Turns the echo on; discards unread input. No effect if the echo is on. */
void eonay_cli_echo_restore (void);

G_END_DECLS
