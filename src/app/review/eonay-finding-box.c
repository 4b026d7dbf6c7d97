#include "app/review/eonay-finding-box.h"

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"

struct _EonayFindingBox {
  GtkBox parent_instance;

  GtkLabel *heading;
  GtkLabel *list;
  GtkWidget *unfold;
  GtkWidget *button;
  GtkWidget *done;

  char *all; /* what unfolds */
};

static guint read_signal;

G_DEFINE_FINAL_TYPE (EonayFindingBox, eonay_finding_box, GTK_TYPE_BOX)

static void
show_read (EonayFindingBox *self, gboolean is_read)
{
  gtk_widget_set_visible (self->button, !is_read);
  gtk_widget_set_visible (self->done, is_read);
}

static void
read_cb (EonayFindingBox *self)
{
  show_read (self, TRUE);
  g_signal_emit (self, read_signal, 0);
}

static void
unfold_cb (EonayFindingBox *self)
{
  gtk_label_set_label (self->list, self->all);
  gtk_widget_set_visible (self->unfold, FALSE);
  gtk_widget_grab_focus (self->button);
}

static void
eonay_finding_box_finalize (GObject *object)
{
  g_free (EONAY_FINDING_BOX (object)->all);

  G_OBJECT_CLASS (eonay_finding_box_parent_class)->finalize (object);
}

static void
eonay_finding_box_class_init (EonayFindingBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = eonay_finding_box_finalize;
  read_signal = g_signal_new ("read", EONAY_TYPE_FINDING_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-finding-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayFindingBox, heading);
  gtk_widget_class_bind_template_child (widget_class, EonayFindingBox, list);
  gtk_widget_class_bind_template_child (widget_class, EonayFindingBox, unfold);
  gtk_widget_class_bind_template_child (widget_class, EonayFindingBox, button);
  gtk_widget_class_bind_template_child (widget_class, EonayFindingBox, done);
  gtk_widget_class_bind_template_callback (widget_class, read_cb);
  gtk_widget_class_bind_template_callback (widget_class, unfold_cb);
}

static void
eonay_finding_box_init (EonayFindingBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  eonay_accessible_name_buttons (GTK_WIDGET (self));
}

static char *
join (const char *const *sentences)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; sentences[i] != NULL; i++)
    g_string_append_printf (list, "%s• %s", i > 0 ? "\n" : "", sentences[i]);

  return g_string_free (list, FALSE);
}

void
eonay_finding_box_set_warnings (EonayFindingBox *self, const char *const *sentences,
                                const char *const *all, gboolean is_read)
{
  g_autofree char *list = join (sentences);
  g_autofree char *said = NULL;

  g_return_if_fail (EONAY_IS_FINDING_BOX (self));

  g_free (self->all);
  self->all = join (all);
  gtk_widget_set_visible (self->unfold, !g_str_equal (list, self->all));
  gtk_label_set_label (self->list, list);
  gtk_widget_set_visible (GTK_WIDGET (self), *list != '\0');
  show_read (self, is_read);
  if (*list == '\0' || is_read)
    return;

  said = g_strjoin (". ", gtk_label_get_label (self->heading), list, NULL);
  eonay_announcement_make (GTK_WIDGET (self), said);
}
