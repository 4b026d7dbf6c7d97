#include "app/history/eonay-history-row.h"

struct _EonayHistoryRow {
  GtkBox parent_instance;

  GtkLabel *day;
  GtkImage *icon;
  GtkLabel *operation;
  GtkLabel *document;
  GtkLabel *outcome;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (EonayHistoryRow, eonay_history_row, GTK_TYPE_BOX)

/* Its words say the same. */
static const char *
get_icon (EonayHistoryOutcome outcome)
{
  switch (outcome)
    {
    case EONAY_HISTORY_DELIVERED:
      return "object-select-symbolic";
    case EONAY_HISTORY_BEGUN:
    case EONAY_HISTORY_SIGNED:
      return "content-loading-symbolic";
    case EONAY_HISTORY_FAILED:
      return "action-unavailable-symbolic";
    default:
      return "dialog-warning-symbolic";
    }
}

static const char *
get_style (EonayHistoryOutcome outcome)
{
  switch (outcome)
    {
    case EONAY_HISTORY_DELIVERED:
    case EONAY_HISTORY_SAVED:
      return "success";
    case EONAY_HISTORY_REFUSED:
    case EONAY_HISTORY_UNSAVED:
      return "error";
    case EONAY_HISTORY_UNDELIVERED:
    case EONAY_HISTORY_UNSENT:
    case EONAY_HISTORY_UNFINISHED:
    case EONAY_HISTORY_UNKNOWN:
    case EONAY_HISTORY_DELIVERY_UNKNOWN:
      return "warning";
    default:
      return "quiet";
    }
}

static void
eonay_history_row_class_init (EonayHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, day);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, icon);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, operation);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, document);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, outcome);
  gtk_widget_class_bind_template_child (widget_class, EonayHistoryRow, time);
}

static void
eonay_history_row_init (EonayHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
eonay_history_row_new (void)
{
  return g_object_new (EONAY_TYPE_HISTORY_ROW, NULL);
}

static void
set_style (GtkWidget *widget, const char *style)
{
  static const char *styles[] = { "success", "warning", "error", "quiet" };

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++)
    if (g_str_equal (styles[i], style))
      gtk_widget_add_css_class (widget, style);
    else
      gtk_widget_remove_css_class (widget, styles[i]);
}

static void
show_entry (EonayHistoryRow *self, EonayHistoryEntry *entry)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (entry->signed_at);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *time = g_date_time_format (local, "%H:%M");
  g_autofree char *label = eonay_history_entry_describe_document (entry);
  g_autofree char *document = *entry->portal_name != '\0'
                                  ? g_strdup_printf ("%s · %s", label, entry->portal_name)
                                  : g_strdup (label);
  g_autofree char *outcome = NULL;

  if (entry->code != NULL)
    outcome = g_strdup_printf ("%s · %s", eonay_history_outcome_describe (entry->outcome),
                               entry->code);

  gtk_image_set_from_icon_name (self->icon, get_icon (entry->outcome));
  set_style (GTK_WIDGET (self->icon), get_style (entry->outcome));
  gtk_label_set_label (self->operation, eonay_history_entry_describe_operation (entry));
  gtk_label_set_label (self->document, document);
  gtk_label_set_label (self->outcome,
                       outcome != NULL ? outcome : eonay_history_outcome_describe (entry->outcome));
  set_style (GTK_WIDGET (self->outcome), get_style (entry->outcome));
  gtk_label_set_label (self->time, time);
}

/* What has the focus is not the row, but what the list puts it into. */
static void
name_place (EonayHistoryRow *self)
{
  GtkWidget *place = gtk_widget_get_parent (GTK_WIDGET (self));
  const char *day = gtk_label_get_label (self->day);
  g_autofree char *words =
      g_strjoin (", ", gtk_label_get_label (self->operation), gtk_label_get_label (self->document),
                 gtk_label_get_label (self->outcome), gtk_label_get_label (self->time),
                 day[0] != '\0' ? day : NULL, NULL);

  if (place != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (place), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                    -1);
}

void
eonay_history_row_set_entry (EonayHistoryRow *self, EonayHistoryEntry *entry, const char *day)
{
  g_return_if_fail (EONAY_IS_HISTORY_ROW (self));

  gtk_label_set_label (self->day, day != NULL ? day : "");
  gtk_widget_set_visible (GTK_WIDGET (self->day), day != NULL);
  show_entry (self, entry);
  name_place (self);
}
