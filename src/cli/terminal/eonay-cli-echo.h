#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * eonay_cli_echo_off:
 * @terminal: file descriptor
 *
 * Stops a terminal from showing what is typed, until eonay_cli_echo_restore(), or until any
 * signal that ends or stops the program; a program that goes on after a stop is silent again.
 * One terminal at a time.
 */
gboolean eonay_cli_echo_off (int terminal);

/**
 * Until eonay_cli_echo_restore() each key can be read at once, instead of a line after its Enter.
 * Only while the echo is off.
 */
void eonay_cli_echo_take_keys (void);

/** What was typed and not read is thrown away. Harmless when nothing is off. */
void eonay_cli_echo_restore (void);

G_END_DECLS
