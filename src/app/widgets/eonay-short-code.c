#include "app/widgets/eonay-short-code.h"

#include "app/widgets/eonay-announcement.h"
#include "app/widgets/eonay-copy-button.h"
#include "app/widgets/eonay-guide.h"
#include "session/diagnosis/eonay-helpdesk-line.h"

#define READERS "eonay-short-code-readers"

struct _EonayShortCode {
  AdwBin parent_instance;

  GtkLabel *code;
  EonayCopyButton *copy;
  GtkLabel *no_guide;
};

G_DEFINE_FINAL_TYPE (EonayShortCode, eonay_short_code, ADW_TYPE_BIN)

static EonayReaderList *
find_readers (EonayShortCode *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  while (window != NULL && g_object_get_data (G_OBJECT (window), READERS) == NULL)
    window = gtk_window_get_transient_for (window);

  return window != NULL ? g_object_get_data (G_OBJECT (window), READERS) : NULL;
}

/* Not before: what is in the readers then is what counts. */
static void
copying_cb (EonayShortCode *self)
{
  const char *code = gtk_label_get_label (self->code);
  g_autofree char *line = eonay_helpdesk_line_write (code, find_readers (self));

  eonay_copy_button_set_text (self->copy, line, code);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (EonayShortCode) self = user_data;
  g_autoptr (GError) error = NULL;

  /* It may have gone from its window in between. */
  if (eonay_guide_open_finish (result, &error) || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  gtk_label_set_label (self->no_guide, eonay_guide_describe_failure (error));
  gtk_widget_set_visible (GTK_WIDGET (self->no_guide), TRUE);
  eonay_announcement_make (GTK_WIDGET (self), eonay_guide_describe_failure (error));
}

static void
help_cb (EonayShortCode *self)
{
  eonay_guide_open_async (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                          gtk_label_get_label (self->code), opened_cb, g_object_ref (self));
}

static void
eonay_short_code_class_init (EonayShortCodeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (EONAY_TYPE_COPY_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-short-code.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayShortCode, code);
  gtk_widget_class_bind_template_child (widget_class, EonayShortCode, copy);
  gtk_widget_class_bind_template_child (widget_class, EonayShortCode, no_guide);
  gtk_widget_class_bind_template_callback (widget_class, copying_cb);
  gtk_widget_class_bind_template_callback (widget_class, help_cb);
}

static void
eonay_short_code_init (EonayShortCode *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* GTK would mark all of it when the focus comes, and a reader call it chosen. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-label-select-on-focus", FALSE,
                NULL);
}

void
eonay_short_code_set_code (EonayShortCode *self, const char *code)
{
  g_return_if_fail (EONAY_IS_SHORT_CODE (self));

  gtk_label_set_label (self->code, code != NULL ? code : "");
  eonay_copy_button_set_text (self->copy, NULL, code);
  gtk_widget_set_visible (GTK_WIDGET (self->no_guide), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), code != NULL && *code != '\0');
}

void
eonay_short_code_attach_readers (GtkWindow *window, EonayReaderList *readers)
{
  g_return_if_fail (GTK_IS_WINDOW (window));

  g_object_set_data_full (G_OBJECT (window), READERS,
                          readers != NULL ? g_object_ref (readers) : NULL, g_object_unref);
}
