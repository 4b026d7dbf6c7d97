#include "app/widgets/eonay-file-choice.h"

#define KEY "eonay-file-choice"

typedef struct {
  GtkFileChooserNative *chooser;
  EonayFileChosen chosen; /* one of the two */
  EonayFilesChosen several_chosen;
} Question;

static void
question_free (gpointer user_data)
{
  Question *question = user_data;

  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (question->chooser));
  g_object_unref (question->chooser);
  g_free (question);
}

static GPtrArray *
list_files (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) model = gtk_file_chooser_get_files (chooser);
  GPtrArray *files = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (files, g_list_model_get_item (model, i));

  return files;
}

static void
response_cb (GtkWidget *widget, int response, GtkNativeDialog *chooser)
{
  Question *question = g_object_get_data (G_OBJECT (widget), KEY);
  EonayFileChosen chosen = question->chosen;
  EonayFilesChosen several_chosen = question->several_chosen;
  g_autoptr (GPtrArray) files = list_files (GTK_FILE_CHOOSER (chooser));

  g_object_set_data (G_OBJECT (widget), KEY, NULL);
  if (response != GTK_RESPONSE_ACCEPT || files->len == 0)
    return;

  if (several_chosen != NULL)
    several_chosen (widget, files);
  else
    chosen (widget, files->pdata[0]);
}

/* Returns: (transfer none) (nullable): %NULL if @widget is asking already */
static Question *
ask (GtkWidget *widget, const char *title, GtkFileChooserAction action)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  Question *question;

  if (g_object_get_data (G_OBJECT (widget), KEY) != NULL)
    return NULL;

  question = g_new0 (Question, 1);
  question->chooser = gtk_file_chooser_native_new (title, window, action, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (question->chooser), TRUE);
  g_object_set_data_full (G_OBJECT (widget), KEY, question, question_free);
  g_signal_connect_object (question->chooser, "response", G_CALLBACK (response_cb), widget,
                           G_CONNECT_SWAPPED);

  return question;
}

void
eonay_file_choice_ask (GtkWidget *widget, const char *title, const char *kind,
                       const char *const *patterns, EonayFileChosen chosen)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Question *question = ask (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN);

  if (question == NULL)
    return;

  gtk_file_filter_set_name (filter, kind);
  for (gsize i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (question->chooser), filter);
  question->chosen = chosen;
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}

void
eonay_file_choice_ask_several (GtkWidget *widget, const char *title, EonayFilesChosen chosen)
{
  Question *question = ask (widget, title, GTK_FILE_CHOOSER_ACTION_OPEN);

  if (question == NULL)
    return;

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (question->chooser), TRUE);
  question->several_chosen = chosen;
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}

void
eonay_file_choice_ask_folder (GtkWidget *widget, const char *title, EonayFileChosen chosen)
{
  Question *question = ask (widget, title, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);

  if (question == NULL)
    return;

  question->chosen = chosen;
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (question->chooser));
}
