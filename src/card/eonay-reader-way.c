#include "card/eonay-reader-way.h"

#include "card/eonay-card-options.h"
#include "card/eonay-card-way.h"
#include "card/eonay-pkcs11-token.h"
#include "card/eonay-way-memory.h"

#define DESCRIPTION_MAX 64

/* @module: (nullable). Returns: whether there is a card in @reader that can be judged */
static gboolean
judge (EonayReader *reader, const char *module, EonayCardWay *way, gboolean *wants)
{
  EonayToken *token = eonay_reader_get_token (reader);
  EonayCardWayFacts facts = { .knowledge = EONAY_SIGNING_UNKNOWN, .module = module,
                              .experimental = eonay_card_options_get_experimental_akis () };
  g_autofree char *remembered =
      token != NULL ? eonay_way_memory_recall (eonay_token_get_serial (token)) : NULL;

  facts.known = eonay_reader_get_knowledge (reader, &facts.knowledge);
  facts.remembered = remembered;
  *way = eonay_card_way_choose (&facts);
  *wants = eonay_card_way_wants_module (&facts);

  return facts.known || eonay_reader_get_state (reader) == EONAY_READER_UNSUPPORTED;
}

gboolean
eonay_reader_way_wants_module (EonayReader *reader)
{
  EonayCardWay way;
  gboolean wants;

  return judge (reader, NULL, &way, &wants) && wants;
}

gboolean
eonay_reader_way_is_module (EonayReader *reader, const char *path)
{
  EonayCardWay way;
  gboolean wants;

  return judge (reader, path, &way, &wants) && way == EONAY_CARD_WAY_MODULE;
}

static gboolean
is_served (EonayReader *reader)
{
  EonayToken *token = eonay_reader_get_token (reader);

  return token != NULL && !EONAY_IS_PKCS11_TOKEN (token) &&
         !eonay_reader_way_wants_module (reader);
}

char **
eonay_reader_way_list_served (GPtrArray *readers)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < readers->len; i++)
    {
      g_autofree char *name = g_strndup (eonay_reader_get_name (readers->pdata[i]),
                                         DESCRIPTION_MAX);

      if (is_served (readers->pdata[i]))
        g_strv_builder_add (builder, g_strstrip (name));
    }

  return g_strv_builder_end (builder);
}
