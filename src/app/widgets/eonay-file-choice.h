#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Called with the chosen file; @widget is the one that asked. */
typedef void (*EonayFileChosen) (GtkWidget *widget, GFile *file);

/**
 * eonay_file_choice_ask:
 * @widget: in a window, the dialog's parent; at most one dialog per widget is open, and it is
 *   closed with the widget
 * @title: what is asked for
 * @kind: the name of that kind of files
 * @patterns: (array zero-terminated=1): the names that such files have, as "*.json"
 * @chosen: called unless the person cancels
 */
void eonay_file_choice_ask (GtkWidget *widget, const char *title, const char *kind,
                            const char *const *patterns, EonayFileChosen chosen);

/** Called with the chosen files (#GFile); @widget is the one that asked. */
typedef void (*EonayFilesChosen) (GtkWidget *widget, GPtrArray *files);

/** As eonay_file_choice_ask(), for any number of files of any kind. */
void eonay_file_choice_ask_several (GtkWidget *widget, const char *title, EonayFilesChosen chosen);

/** As eonay_file_choice_ask(), for a folder, which the person may make there. */
void eonay_file_choice_ask_folder (GtkWidget *widget, const char *title, EonayFileChosen chosen);

G_END_DECLS
