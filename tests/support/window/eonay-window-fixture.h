#pragma once

#include "app/window/eonay-window.h"
#include "practice/eonay-practice.h"

G_BEGIN_DECLS

/*
 * What the window's tests stand on: an application, a window with the embedded practice behind
 * it, and ways to wait, to find and to look.
 */
typedef struct {
  EonayPracticeController *controller;
  EonayWindow *window;
  EonaySession *session;
} EonayWindowFixture;

typedef gboolean (*EonayCondition) (gpointer user_data);

/** Locale, libraries, g_test_init(). */
void eonay_window_fixture_init (int *argc, char ***argv);

/** Returns: (transfer none): one for the whole program, with its styles */
GtkApplication *eonay_window_fixture_get_application (void);

/** Opens the window at @width × @height and waits until the practice portal and card are there. */
void eonay_window_fixture_open (EonayWindowFixture *fixture, int width, int height);

/** Closes the window and checks that it, and all behind it, are finalized. */
void eonay_window_fixture_close (EonayWindowFixture *fixture);

/** Runs the main loop until @condition holds; fails the test after a minute. */
void eonay_window_fixture_wait (EonayCondition condition, gpointer user_data);
void eonay_window_fixture_wait_for_state (EonayWindowFixture *fixture, EonaySessionState state);

/** Runs the main loop until there is nothing to do and @widget has been drawn. */
void eonay_window_fixture_settle (GtkWidget *widget);

/** Returns: a code of the practice portal */
char *eonay_window_fixture_create_code (EonayWindowFixture *fixture, const char *operation,
                                        guint validity);

EonayPractice *eonay_window_fixture_get_practice (EonayWindowFixture *fixture);

/** Takes a code, and waits until the text can be signed. */
void eonay_window_fixture_go_to_review (EonayWindowFixture *fixture);

/** Activates `win.NAME`, which has to be enabled. */
void eonay_window_fixture_act (EonayWindowFixture *fixture, const char *name);
gboolean eonay_window_fixture_can_act (EonayWindowFixture *fixture, const char *name);

/** Returns: (nullable): the first shown descendant of @root of @type; with @label if not %NULL */
GtkWidget *eonay_window_fixture_find (GtkWidget *root, GType type, const char *label);

/** Returns: (nullable): the PIN dialog, if it is open */
GtkWidget *eonay_window_fixture_find_pin_dialog (void);

/** Checks that @text was typed into @entry, an entry for secrets, and that GTK has bullets of it. */
void eonay_window_fixture_assert_typed (GtkEditable *entry, const char *text);

/** Types @pin and confirms. */
void eonay_window_fixture_enter_pin (const char *pin);

/** Saves @window as build/screenshots/NAME.png; or measures its texts: see eonay_appearance_is_measured(). */
void eonay_window_fixture_save_picture (GtkWidget *window, const char *name);

G_END_DECLS
