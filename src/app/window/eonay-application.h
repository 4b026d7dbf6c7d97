#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * EonayApplication: `eonay [--practice] [CODE | eonay:LINK]`.
 *
 * A code or link is filled in, not submitted; files are listed. One instance; `--practice` while a window without
 * practice is open is refused, as the two must not be confused.
 *
 * Actions in its windows: `app.diagnostics`, `app.about`, `app.preferences`, `app.history`,
 * `app.quit`; in practice mode `app.practice-code` (a code of the operation that
 * `app.practice-operation` says), `app.practice-operation` (s, state; to set it is to take such a
 * code), `app.practice-card` (i, state: which card is in, -1 for none).
 *
 * On the session bus, where every program of the person can use them, are only `quit`, `help` (the
 * shortcuts) and, in practice mode, `practice-card`; beside Activate and Open.
 */
#define EONAY_TYPE_APPLICATION (eonay_application_get_type ())
G_DECLARE_FINAL_TYPE (EonayApplication, eonay_application, EONAY, APPLICATION, AdwApplication)

/** @controller_type: an implementation of #EonayPracticeController, made when practice mode is asked for */
EonayApplication *eonay_application_new (GType controller_type);

G_END_DECLS
