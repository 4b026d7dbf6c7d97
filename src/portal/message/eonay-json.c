#include "portal/message/eonay-json.h"

#include <string.h>

#include "base/eonay-error.h"
#include "base/eonay-json-syntax.h"
#include "base/eonay-text-class.h"

static void
set_malformed (GError **error, const char *name, const char *expected)
{
  g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
               "Missing or invalid \"%s\": expected %s", name, expected);
}

JsonObject *
eonay_json_parse_object (GBytes *text, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  gsize length;
  const char *bytes = g_bytes_get_data (text, &length);

  if (length > EONAY_JSON_MAX)
    {
      g_set_error (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_TOO_LARGE,
                   "The JSON text has more than %u bytes", EONAY_JSON_MAX);
      return NULL;
    }

  if (bytes == NULL || !eonay_json_syntax_is_well_formed (bytes, length, EONAY_JSON_DEPTH) ||
      !json_parser_load_from_data (parser, bytes, (gssize) length, NULL) ||
      !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser)))
    {
      g_set_error_literal (error, EONAY_PORTAL_ERROR, EONAY_PORTAL_ERROR_MALFORMED,
                           "Not a JSON object that the protocol allows");
      return NULL;
    }

  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

const char *
eonay_json_get_string (JsonObject *object, const char *name, gsize max, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    {
      set_malformed (error, name, "a text");
      return NULL;
    }

  text = json_node_get_string (node);
  if (*text == '\0' || strlen (text) > max)
    {
      set_malformed (error, name, "a text of another length");
      return NULL;
    }

  return text;
}

const char *
eonay_json_get_line (JsonObject *object, const char *name, gsize max, GError **error)
{
  const char *text = eonay_json_get_string (object, name, max, error);
  g_autofree char *line = text != NULL ? eonay_text_class_accept_line (text) : NULL;

  if (text != NULL && line == NULL)
    set_malformed (error, name, "a line of text without hidden characters");

  return line != NULL ? text : NULL;
}

char *
eonay_json_dup_line (JsonObject *object, const char *name, gsize max, GError **error)
{
  const char *text = eonay_json_get_line (object, name, max, error);

  return text != NULL ? eonay_text_class_accept_line (text) : NULL;
}

gboolean
eonay_json_is_word (const char *text)
{
  return *text != '\0' &&
         strspn (text, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen (text);
}

const char *
eonay_json_get_word (JsonObject *object, const char *name, gsize max, GError **error)
{
  const char *text = eonay_json_get_string (object, name, max, error);

  if (text != NULL && !eonay_json_is_word (text))
    {
      set_malformed (error, name, "letters, digits, - and _");
      return NULL;
    }

  return text;
}

gboolean
eonay_json_get_integer (JsonObject *object, const char *name, gint64 min, gint64 max, gint64 *value,
                        GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_INT64)
    {
      set_malformed (error, name, "a whole number");
      return FALSE;
    }

  *value = json_node_get_int (node);
  if (*value < min || *value > max)
    {
      set_malformed (error, name, "a number within its bounds");
      return FALSE;
    }

  return TRUE;
}

JsonObject *
eonay_json_get_object (JsonObject *object, const char *name, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      set_malformed (error, name, "an object");
      return NULL;
    }

  return json_node_get_object (node);
}

JsonArray *
eonay_json_get_objects (JsonObject *object, const char *name, guint min, guint max, GError **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    {
      set_malformed (error, name, "an array");
      return NULL;
    }

  array = json_node_get_array (node);
  if (json_array_get_length (array) < min || json_array_get_length (array) > max)
    {
      set_malformed (error, name, "an array of another length");
      return NULL;
    }

  for (guint i = 0; i < json_array_get_length (array); i++)
    if (!JSON_NODE_HOLDS_OBJECT (json_array_get_element (array, i)))
      {
        set_malformed (error, name, "an array of objects");
        return NULL;
      }

  return array;
}
