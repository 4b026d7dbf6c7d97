#include "session/diagnosis/eonay-check.h"

#include <glib/gi18n-lib.h>

struct _EonayCheck {
  GObject parent_instance;

  const char *id;
  EonayCheckGroup group;
  const char *title;
  char *subject;
  EonayFinding *finding;
};

enum {
  PROP_0,
  PROP_STATE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (EonayCheck, eonay_check, G_TYPE_OBJECT)

const char *
eonay_check_group_get_title (EonayCheckGroup group)
{
  switch (group)
    {
    case EONAY_CHECK_GROUP_CARD:
      return _ ("Reader and card");
    case EONAY_CHECK_GROUP_PORTAL:
      return _ ("Portal");
    case EONAY_CHECK_GROUP_COMPUTER:
    default:
      return _ ("This computer");
    }
}

static void
eonay_check_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_STATE:
      g_value_set_enum (value, (int) eonay_check_get_state (EONAY_CHECK (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
eonay_check_finalize (GObject *object)
{
  EonayCheck *self = EONAY_CHECK (object);

  g_free (self->subject);
  g_clear_pointer (&self->finding, eonay_finding_free);

  G_OBJECT_CLASS (eonay_check_parent_class)->finalize (object);
}

static void
eonay_check_class_init (EonayCheckClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = eonay_check_get_property;
  object_class->finalize = eonay_check_finalize;

  properties[PROP_STATE] =
      g_param_spec_enum ("state", NULL, NULL, EONAY_TYPE_FINDING_STATE, EONAY_FINDING_PENDING,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
eonay_check_init (EonayCheck *self)
{
}

EonayCheck *
eonay_check_new (const char *id, EonayCheckGroup group, const char *title, const char *subject)
{
  EonayCheck *self = g_object_new (EONAY_TYPE_CHECK, NULL);

  self->id = g_intern_string (id);
  self->group = group;
  self->title = g_intern_string (title);
  self->subject = g_strdup (subject);

  return self;
}

void
eonay_check_take_finding (EonayCheck *self, EonayFinding *finding)
{
  g_return_if_fail (EONAY_IS_CHECK (self));

  g_clear_pointer (&self->finding, eonay_finding_free);
  self->finding = finding;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

void
eonay_check_reset (EonayCheck *self)
{
  eonay_check_take_finding (self, NULL);
}

const char *
eonay_check_get_id (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), NULL);

  return self->id;
}

EonayCheckGroup
eonay_check_get_group (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), EONAY_CHECK_GROUP_COMPUTER);

  return self->group;
}

const char *
eonay_check_get_title (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), NULL);

  return self->title;
}

const char *
eonay_check_get_subject (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), NULL);

  return self->subject;
}

EonayFindingState
eonay_check_get_state (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), EONAY_FINDING_PENDING);

  return self->finding != NULL ? self->finding->state : EONAY_FINDING_PENDING;
}

const EonayFinding *
eonay_check_get_finding (EonayCheck *self)
{
  g_return_val_if_fail (EONAY_IS_CHECK (self), NULL);

  return self->finding;
}
