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

/** Harmless when nothing is off. */
void eonay_cli_echo_restore (void);

G_END_DECLS
