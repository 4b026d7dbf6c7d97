#include "app/widgets/eonay-file-choice.h"

#define KEY "eonay-file-choice"

typedef struct {
  GtkFileChooserNative *chooser;
  EonayFileChosen chosen;
} Question;

static void
question_free (gpointer user_data)
{
  Question *question = user_data;

  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (question->chooser));
  g_object_unref (question->chooser);
  g_free (question);
}

static void
response_cb (GtkWidget *widget, int response, GtkNativeDialog *chooser)
{
  Question *question = g_object_get_data (G_OBJECT (widget), KEY);
  EonayFileChosen chosen = question->chosen;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  g_object_set_data (G_OBJECT (widget), KEY, NULL);
  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    chosen (widget, file);
}

void
eonay_file_choice_ask (GtkWidget *widget, const char *title, const char *kind,
                       const char *const *patterns, EonayFileChosen chosen)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Question *question;

  if (g_object_get_data (G_OBJECT (widget), KEY) != NULL)
    return;

  gtk_file_filter_set_name (filter, kind);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);

  question = g_new (Question, 1);
  question->chosen = chosen;
  question->chooser = gtk_file_chooser_native_new (title, window, GTK_FILE_CHOOSER_ACTION_OPEN,
                                                   NULL, NULL);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (question->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->chooser), TRUE);
  g_object_set_data_full (G_OBJECT (widget), KEY, question, question_free);
  g_signal_connect_object (question->chooser, "response", G_CALLBACK (response_cb), widget,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}
