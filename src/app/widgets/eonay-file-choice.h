#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** What is done with the file; @widget is the one that asked. */
typedef void (*EonayFileChosen) (GtkWidget *widget, GFile *file);

/**
 * eonay_file_choice_ask:
 * @widget: in a window, over which the question is asked; at most one question a widget is open,
 *   and it goes when the widget does
 * @title: what is asked for
 * @kind: what files of that kind are called
 * @patterns: (array zero-terminated=1): the names that such files have, as "*.json"
 * @chosen: called unless the person changes their mind
 */
void eonay_file_choice_ask (GtkWidget *widget, const char *title, const char *kind,
                            const char *const *patterns, EonayFileChosen chosen);

G_END_DECLS
