#include "app/widgets/eonay-copy-button.h"

#include <glib/gi18n-lib.h>

#include "app/widgets/eonay-accessible-name.h"
#include "app/widgets/eonay-announcement.h"

#define TICK_SECONDS 2

struct _EonayCopyButton {
  GtkButton parent_instance;

  GtkLabel *words;    /* (nullable): where it is labelled */
  GtkImage *icons[2]; /* beside them, and alone where they are too wide */
  char *text;
  guint tick; /* source: that takes it away again */
};

enum {
  PROP_0,
  PROP_LABELLED,
  N_PROPS
};

static guint copying_signal;

G_DEFINE_FINAL_TYPE (EonayCopyButton, eonay_copy_button, GTK_TYPE_BUTTON)

static void
show_tick (EonayCopyButton *self, gboolean ticked)
{
  const char *icon = ticked ? "object-select-symbolic" : "edit-copy-symbolic";
  const char *words = ticked ? _ ("Copied") : _ ("Copy");

  if (self->words == NULL)
    {
      gtk_button_set_icon_name (GTK_BUTTON (self), icon);
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
      return;
    }

  for (gsize i = 0; i < G_N_ELEMENTS (self->icons); i++)
    gtk_image_set_from_icon_name (self->icons[i], icon);
  gtk_label_set_label (self->words, words);
}

static gboolean
tick_over_cb (gpointer user_data)
{
  EonayCopyButton *self = user_data;

  self->tick = 0;
  show_tick (self, FALSE);

  return G_SOURCE_REMOVE;
}

static void
eonay_copy_button_clicked (GtkButton *button)
{
  EonayCopyButton *self = EONAY_COPY_BUTTON (button);

  g_signal_emit (self, copying_signal, 0);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), self->text);
  g_clear_handle_id (&self->tick, g_source_remove);
  show_tick (self, TRUE);
  eonay_announcement_make (GTK_WIDGET (self), _ ("Copied"));
  self->tick = g_timeout_add_seconds (TICK_SECONDS, tick_over_cb, self);
}

/* No AdwButtonContent: a screen reader would say its words behind the button's own name. */
static void
add_words (EonayCopyButton *self)
{
  GtkWidget *squeezer = adw_squeezer_new ();
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->words = GTK_LABEL (gtk_label_new (NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (self->icons); i++)
    self->icons[i] = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                   GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->icons[0]));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->words));
  adw_squeezer_set_homogeneous (ADW_SQUEEZER (squeezer), FALSE);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), content);
  adw_squeezer_add (ADW_SQUEEZER (squeezer), GTK_WIDGET (self->icons[1]));
  gtk_button_set_child (GTK_BUTTON (self), squeezer);
}

static void
eonay_copy_button_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  EonayCopyButton *self = EONAY_COPY_BUTTON (object);

  switch (id)
    {
    case PROP_LABELLED:
      if (g_value_get_boolean (value))
        add_words (self);
      show_tick (self, FALSE);
      eonay_accessible_name_buttons (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_copy_button_dispose (GObject *object)
{
  g_clear_handle_id (&EONAY_COPY_BUTTON (object)->tick, g_source_remove);

  G_OBJECT_CLASS (eonay_copy_button_parent_class)->dispose (object);
}

static void
eonay_copy_button_finalize (GObject *object)
{
  g_free (EONAY_COPY_BUTTON (object)->text);

  G_OBJECT_CLASS (eonay_copy_button_parent_class)->finalize (object);
}

static void
eonay_copy_button_class_init (EonayCopyButtonClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = eonay_copy_button_set_property;
  object_class->dispose = eonay_copy_button_dispose;
  object_class->finalize = eonay_copy_button_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = eonay_copy_button_clicked;

  g_object_class_install_property (
      object_class, PROP_LABELLED,
      g_param_spec_boolean ("labelled", NULL, NULL, FALSE,
                            G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS));
  copying_signal = g_signal_new ("copying", EONAY_TYPE_COPY_BUTTON, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
eonay_copy_button_init (EonayCopyButton *self)
{
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
}

GtkWidget *
eonay_copy_button_new (void)
{
  return g_object_new (EONAY_TYPE_COPY_BUTTON, NULL);
}

void
eonay_copy_button_set_text (EonayCopyButton *self, const char *text, const char *name)
{
  g_autofree char *label = NULL;

  g_return_if_fail (EONAY_IS_COPY_BUTTON (self));

  g_free (self->text);
  self->text = g_strdup (text != NULL ? text : "");
  /* What was copied was another text. */
  g_clear_handle_id (&self->tick, g_source_remove);
  show_tick (self, FALSE);
  if (name == NULL)
    return;

  /* TRANSLATORS: %s is the name of a fact, such as "Receipt". */
  label = g_strdup_printf (_ ("Copy: %s"), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
