#pragma once

#include "app/window/eonay-window.h"
#include "practice/eonay-practice.h"

G_BEGIN_DECLS

/*
 * What the window's tests stand on: an application, a window with the embedded practice behind
 * it, and ways to wait, to find and to look.
 */
typedef struct {
  EonayPracticeDesk *desk;
  EonayWindow *window;
  EonaySession *session;
} EonayStage;

typedef gboolean (*EonayCondition) (gpointer user_data);

/** Locale, libraries, g_test_init(). */
void eonay_stage_init (int *argc, char ***argv);

/** Returns: (transfer none): one for the whole program, with its styles */
GtkApplication *eonay_stage_get_application (void);

/** Opens the window at @width × @height and waits until the practice portal and card are there. */
void eonay_stage_open (EonayStage *stage, int width, int height);

/** Closes the window and checks that it, and all behind it, are finalized. */
void eonay_stage_close (EonayStage *stage);

/** Runs the main loop until @condition holds; fails the test after a minute. */
void eonay_stage_wait (EonayCondition condition, gpointer user_data);
void eonay_stage_wait_for_state (EonayStage *stage, EonaySessionState state);

/** Runs the main loop until there is nothing to do and @widget has been drawn. */
void eonay_stage_settle (GtkWidget *widget);

/** Returns: a code of the practice portal */
char *eonay_stage_create_code (EonayStage *stage, const char *operation, guint validity);

EonayPractice *eonay_stage_get_practice (EonayStage *stage);

/** Takes a code, and waits until the text can be signed. */
void eonay_stage_go_to_review (EonayStage *stage);

/** Activates `win.NAME`, which has to be enabled. */
void eonay_stage_act (EonayStage *stage, const char *name);
gboolean eonay_stage_can_act (EonayStage *stage, const char *name);

/** Returns: (nullable): the first shown descendant of @root of @type; with @label if not %NULL */
GtkWidget *eonay_stage_find (GtkWidget *root, GType type, const char *label);

/** Returns: (nullable): the PIN dialog, if it is open */
GtkWidget *eonay_stage_find_pin_dialog (void);

/** Checks that @text was typed into @entry, an entry for secrets, and that GTK has bullets of it. */
void eonay_stage_assert_typed (GtkEditable *entry, const char *text);

/** Types @pin and confirms. */
void eonay_stage_enter_pin (const char *pin);

/** Saves @window as build/screenshots/NAME.png. */
void eonay_stage_save_picture (GtkWidget *window, const char *name);

G_END_DECLS
