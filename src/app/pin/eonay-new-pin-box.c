#include "app/pin/eonay-new-pin-box.h"

#include <glib/gi18n-lib.h>

#include "app/pin/eonay-secret-row.h"
#include "app/pin/eonay-typed-secret.h"
#include "app/widgets/eonay-announcement.h"
#include "session/eonay-pin-rules.h"

/* What is told now is laid out in the first, and scrolled to by the focus. */
#define FRAMES 2

struct _EonayNewPinBox {
  GtkBox parent_instance;

  GtkLabel *rules;
  GtkWidget *entries;
  GtkEditable *first;
  GtkEditable *again;
  GtkWidget *complaint_box;
  GtkWidget *complaint_icon;
  GtkLabel *complaint;
  GtkLabel *code;

  EonayPinState state;
  EonayCertificate *certificate;
  gboolean valid;
  guint reveal; /* tick: the complaint comes into sight */
  guint frames; /* until then */
};

enum {
  PROP_VALID = 1,
  N_PROPERTIES
};

enum {
  ACTIVATE,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPERTIES];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (EonayNewPinBox, eonay_new_pin_box, GTK_TYPE_BOX)

static void
mark (GtkEditable *row, gboolean wrong)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (row));

  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  gtk_accessible_update_state (text, GTK_ACCESSIBLE_STATE_INVALID,
                               wrong ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/* Below the fold it would not be read; its own place is known once it has been laid out. */
static gboolean
reveal_complaint_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  EonayNewPinBox *self = EONAY_NEW_PIN_BOX (widget);
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (widget));
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  double top;

  if (self->frames-- > 0)
    return G_SOURCE_CONTINUE;

  self->reveal = 0;
  /* Whoever types elsewhere by now is left alone. */
  if (scroller == NULL || focus == NULL || !gtk_widget_is_ancestor (focus, widget) ||
      gtk_label_get_label (self->complaint)[0] == '\0' ||
      !gtk_widget_compute_bounds (self->complaint_box, scroller, &bounds))
    return G_SOURCE_REMOVE;

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  top = gtk_adjustment_get_value (adjustment) + (double) bounds.origin.y;
  gtk_adjustment_clamp_page (adjustment, top, top + (double) bounds.size.height);

  return G_SOURCE_REMOVE;
}

static void
reveal_complaint (EonayNewPinBox *self)
{
  self->frames = FRAMES;
  if (self->reveal == 0)
    self->reveal = gtk_widget_add_tick_callback (GTK_WIDGET (self), reveal_complaint_cb, NULL,
                                                 NULL);
}

/* @code: (nullable) */
static void
show_complaint (EonayNewPinBox *self, GtkEditable *row, const char *complaint, const char *code)
{
  g_autofree char *said = g_strjoin (" ", complaint, code, NULL);

  mark (self->first, row == self->first);
  mark (self->again, row == self->again);
  gtk_widget_set_visible (self->complaint_icon, complaint[0] != '\0');
  if (!g_str_equal (gtk_label_get_label (self->complaint), complaint))
    eonay_announcement_make (GTK_WIDGET (self), said);
  gtk_label_set_label (self->complaint, complaint);
  gtk_label_set_label (self->code, code != NULL ? code : "");
  gtk_widget_set_visible (GTK_WIDGET (self->code), code != NULL);
  if (complaint[0] != '\0')
    reveal_complaint (self);
}

/* @code: (out) (optional) (nullable) */
static char *
find_fault (EonayNewPinBox *self, const char **code)
{
  g_autoptr (EonaySecret) pin = eonay_typed_secret_read (self->first);

  return eonay_pin_rules_find_fault (&self->state, self->certificate, pin, FALSE, code);
}

static gboolean
is_same (EonayNewPinBox *self)
{
  g_autoptr (EonaySecret) first = eonay_typed_secret_read (self->first);
  g_autoptr (EonaySecret) again = eonay_typed_secret_read (self->again);

  return eonay_secret_equal (first, again);
}

/* Returns: whether there is nothing to complain of; what is empty is no mistake yet */
static gboolean
judge (EonayNewPinBox *self)
{
  const char *code = NULL;
  g_autofree char *fault = eonay_typed_secret_count (self->first) > 0 ? find_fault (self, &code)
                                                                      : NULL;
  gboolean differs = eonay_typed_secret_count (self->again) > 0 && !is_same (self);

  if (fault != NULL)
    show_complaint (self, self->first, fault, code);
  else if (differs)
    show_complaint (self, self->again, _ ("The two new PINs are not the same."), NULL);

  return fault == NULL && !differs;
}

static void
set_valid (EonayNewPinBox *self)
{
  g_autofree char *fault = find_fault (self, NULL);
  gboolean valid = fault == NULL && is_same (self);

  if (self->valid == valid)
    return;

  self->valid = valid;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALID]);
}

/* What is full has been typed to its end. */
static void
first_changed_cb (EonayNewPinBox *self)
{
  show_complaint (self, NULL, "", NULL);
  if (eonay_typed_secret_count (self->first) >= self->state.max_length)
    judge (self);
  set_valid (self);
}

static void
again_changed_cb (EonayNewPinBox *self)
{
  guint again = eonay_typed_secret_count (self->again);

  show_complaint (self, NULL, "", NULL);
  if (again > 0 && again >= eonay_typed_secret_count (self->first))
    judge (self);
  set_valid (self);
}

static void
first_activated_cb (EonayNewPinBox *self)
{
  if (judge (self) && eonay_typed_secret_count (self->first) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->again));
}

static void
again_activated_cb (EonayNewPinBox *self)
{
  if (self->valid)
    g_signal_emit (self, signals[ACTIVATE], 0);
  else
    judge (self);
}

static void
left_cb (EonayNewPinBox *self)
{
  judge (self);
}

static gboolean
eonay_new_pin_box_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (EONAY_NEW_PIN_BOX (widget)->first));
}

static void
eonay_new_pin_box_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  EonayNewPinBox *self = EONAY_NEW_PIN_BOX (object);

  switch (id)
    {
    case PROP_VALID:
      g_value_set_boolean (value, self->valid);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_new_pin_box_dispose (GObject *object)
{
  EonayNewPinBox *self = EONAY_NEW_PIN_BOX (object);

  eonay_typed_secret_wipe (self->first);
  eonay_typed_secret_wipe (self->again);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (eonay_new_pin_box_parent_class)->dispose (object);
}

static void
eonay_new_pin_box_class_init (EonayNewPinBoxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = eonay_new_pin_box_get_property;
  object_class->dispose = eonay_new_pin_box_dispose;
  widget_class->grab_focus = eonay_new_pin_box_grab_focus;

  properties[PROP_VALID] = g_param_spec_boolean ("valid", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                     G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPERTIES, properties);
  signals[ACTIVATE] = g_signal_new ("activate", EONAY_TYPE_NEW_PIN_BOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 0);

  g_type_ensure (EONAY_TYPE_SECRET_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/eonay/Eonay/ui/eonay-new-pin-box.ui");
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, rules);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, entries);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, first);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, again);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, complaint_box);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, complaint_icon);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, complaint);
  gtk_widget_class_bind_template_child (widget_class, EonayNewPinBox, code);
  gtk_widget_class_bind_template_callback (widget_class, first_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, first_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, again_activated_cb);
}

static void
prepare (EonayNewPinBox *self, GtkEditable *row, const char *name)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  eonay_typed_secret_set_name (row, name);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (gtk_editable_get_delegate (row)),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY, self->rules, NULL, -1);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (left_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (gtk_editable_get_delegate (row)), focus);
}

static void
eonay_new_pin_box_init (EonayNewPinBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->state = (EonayPinState){ .tries_left = -1, .tries_max = -1, .min_length = 1 };
  prepare (self, self->first, _ ("New PIN"));
  prepare (self, self->again, _ ("New PIN again"));
}

void
eonay_new_pin_box_set_rules (EonayNewPinBox *self, const EonayPinState *rules,
                             EonayCertificate *certificate)
{
  g_auto (GStrv) lines = eonay_pin_rules_spell_out (rules, certificate);
  g_autofree char *joined = g_strjoinv ("\n• ", lines);
  g_autofree char *text = g_strconcat ("• ", joined, NULL);

  g_return_if_fail (EONAY_IS_NEW_PIN_BOX (self));

  self->state = *rules;
  g_set_object (&self->certificate, certificate);
  gtk_label_set_label (self->rules, text);
  eonay_typed_secret_set_rules (self->first, rules);
  eonay_typed_secret_set_rules (self->again, rules);
  set_valid (self);
}

void
eonay_new_pin_box_set_on_reader (EonayNewPinBox *self, gboolean on_reader)
{
  g_return_if_fail (EONAY_IS_NEW_PIN_BOX (self));

  gtk_widget_set_visible (self->entries, !on_reader);
  gtk_widget_set_visible (self->complaint_box, !on_reader);
}

gboolean
eonay_new_pin_box_is_valid (EonayNewPinBox *self)
{
  g_return_val_if_fail (EONAY_IS_NEW_PIN_BOX (self), FALSE);

  return self->valid;
}

EonaySecret *
eonay_new_pin_box_take (EonayNewPinBox *self)
{
  EonaySecret *pin;

  g_return_val_if_fail (EONAY_IS_NEW_PIN_BOX (self), NULL);
  g_return_val_if_fail (self->valid, NULL);

  pin = eonay_typed_secret_read (self->first);
  eonay_new_pin_box_wipe (self);

  return pin;
}

void
eonay_new_pin_box_wipe (EonayNewPinBox *self)
{
  g_return_if_fail (EONAY_IS_NEW_PIN_BOX (self));

  eonay_typed_secret_wipe (self->again);
  eonay_typed_secret_wipe (self->first);
  show_complaint (self, NULL, "", NULL);
  set_valid (self);
}

void
eonay_new_pin_box_complain (EonayNewPinBox *self, const char *complaint, const char *code)
{
  g_return_if_fail (EONAY_IS_NEW_PIN_BOX (self));

  show_complaint (self, self->first, complaint, code);
}
