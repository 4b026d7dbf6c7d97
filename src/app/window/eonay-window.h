#pragma once

#include <adwaita.h>

#include "app/files/eonay-files-view.h"
#include "app/practice/eonay-practice-controller.h"
#include "app/sign/eonay-sign-view.h"

G_BEGIN_DECLS

/**
 * EonayWindow: header, practice banner, the views, and the status row of reader and card. Readers
 * are watched, and portals read, only after the window is on screen.
 *
 * Actions, for the Sign view, enabled only while it is shown: `win.paste-code`, `win.sign`,
 * `win.decline`, `win.choose-certificate` (s: fingerprint), `win.new-code`, `win.submit-again`,
 * `win.save-signature`. For both: `win.show-view` (s: "sign", "files" or "card"); `win.show-certificate`,
 * `win.change-pin`, `win.unblock-puk` (ss: the reader's name, a certificate's fingerprint);
 * `win.unblock-portal`. None of them is exported on the session bus.
 */
#define EONAY_TYPE_WINDOW (eonay_window_get_type ())
G_DECLARE_FINAL_TYPE (EonayWindow, eonay_window, EONAY, WINDOW, AdwApplicationWindow)

/** @controller: (nullable): practice mode if there is one */
GtkWidget *eonay_window_new (GtkApplication *application, EonayPracticeController *controller);

/** Returns: (transfer none) */
EonaySignView *eonay_window_get_sign_view (EonayWindow *self);

/** Returns: (transfer none) */
EonayFilesView *eonay_window_get_files_view (EonayWindow *self);

/** Returns: (transfer none) (nullable): the practice cards; %NULL outside practice mode */
GMenuModel *eonay_window_get_practice_menu (EonayWindow *self);

/** Shows the view @name: "sign", "files" or "card". A running signing continues. */
void eonay_window_show_view (EonayWindow *self, const char *name);

/**
 * eonay_window_open_code:
 * @text: a code or an `eonay:` link, which eonay_code_parse() takes: filled in, not submitted
 *
 * The Sign view is shown, unless a dialog is in front or files are being signed. A result that is
 * shown stays: "New code" fills @text in. What is reviewed or signed stays, and @text is not taken.
 * A message says so each time. Another program may call it as often as it likes.
 */
void eonay_window_open_code (EonayWindow *self, const char *text);

/**
 * eonay_window_refuse_code:
 * @error: (nullable): why what another program had opened is neither code nor link; %NULL if it did
 *   not come alone, which nobody but a program does
 *
 * A message tells it with a short code, and nothing of what was to be opened.
 */
void eonay_window_refuse_code (EonayWindow *self, const GError *error);

/**
 * eonay_window_open_files:
 * @files: (element-type GFile): opened in the Files view, which is shown unless a transaction or a
 *   dialog is open; while files are signed a message is shown
 * @chosen: by the person, in this window: see eonay_files_view_open()
 */
void eonay_window_open_files (EonayWindow *self, GPtrArray *files, gboolean chosen);

/** Stands for the web page: creates a code of @operation and enters it. Practice mode only. */
void eonay_window_take_practice_code (EonayWindow *self, const char *operation);

/** Opens the window of the diagnosis, as soon as the objects that it checks exist. */
void eonay_window_open_diagnosis (EonayWindow *self);

/**
 * eonay_window_present_front:
 *
 * Presents the modal dialog in front, or @self if there is none: the focus stays where a PIN may be
 * typed.
 *
 * Returns: (transfer none): what it presented
 */
GtkWindow *eonay_window_present_front (EonayWindow *self);

/** Opens the list of shortcuts. */
void eonay_window_open_help (EonayWindow *self);

/** Opens Preferences, if there are settings. */
void eonay_window_open_preferences (EonayWindow *self);

/** Opens Preferences, and asks there for the file of a portal's profile; nothing in practice. */
void eonay_window_add_portal (EonayWindow *self);

/** Shows a toast. */
void eonay_window_show_toast (EonayWindow *self, const char *text);

/** Shows a toast with a button @label for @action. */
void eonay_window_show_toast_with_action (EonayWindow *self, const char *text, const char *label,
                                          const char *action);

G_END_DECLS
