#include "app/document/eonay-page-cache.h"

#include <math.h>

/* A page of more pixels is drawn in tiles of this many on a side. */
#define WHOLE_PIXELS (2560 * 2048)
#define TILE_SIDE 1024

/* What is kept of what is not wanted at the moment. */
#define KEPT_PICTURES 12
#define KEPT_BYTES (48u * 1024 * 1024)

typedef struct {
  EonayPageTile tile;
  GdkTexture *texture;       /* (nullable): not yet, or never */
  GCancellable *cancellable; /* (nullable): while it is asked for */
  gboolean is_failed;
  gboolean is_wanted;
  guint64 used;
} Picture;

struct _EonayPageCache {
  GObject parent_instance;

  EonayPageSource *source;
  GHashTable *pictures; /* Picture, a set */
  guint64 now;
};

static guint drawn_signal;
static guint failed_signal;
static guint incomplete_signal;

G_DEFINE_FINAL_TYPE (EonayPageCache, eonay_page_cache, G_TYPE_OBJECT)

static guint
hash (gconstpointer key)
{
  const EonayPageTile *tile = key;

  return tile->page * 31 + g_double_hash (&tile->scale) + (guint) tile->x * 7 +
         (guint) tile->y * 13;
}

static gboolean
is_same (gconstpointer one, gconstpointer other)
{
  const EonayPageTile *a = one;
  const EonayPageTile *b = other;

  return a->page == b->page && a->scale == b->scale && a->x == b->x && a->y == b->y &&
         a->width == b->width && a->height == b->height;
}

static void
picture_free (gpointer user_data)
{
  Picture *self = user_data;

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_free (self);
}

static void
eonay_page_cache_dispose (GObject *object)
{
  EonayPageCache *self = EONAY_PAGE_CACHE (object);

  g_hash_table_remove_all (self->pictures);
  g_clear_object (&self->source);

  G_OBJECT_CLASS (eonay_page_cache_parent_class)->dispose (object);
}

static void
eonay_page_cache_finalize (GObject *object)
{
  g_hash_table_unref (EONAY_PAGE_CACHE (object)->pictures);

  G_OBJECT_CLASS (eonay_page_cache_parent_class)->finalize (object);
}

static void
eonay_page_cache_class_init (EonayPageCacheClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = eonay_page_cache_dispose;
  object_class->finalize = eonay_page_cache_finalize;

  drawn_signal = g_signal_new ("drawn", EONAY_TYPE_PAGE_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);
  failed_signal = g_signal_new ("failed", EONAY_TYPE_PAGE_CACHE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_ERROR);
  incomplete_signal = g_signal_new ("incomplete", EONAY_TYPE_PAGE_CACHE, G_SIGNAL_RUN_LAST, 0, NULL,
                                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
eonay_page_cache_init (EonayPageCache *self)
{
  self->pictures = g_hash_table_new_full (hash, is_same, NULL, picture_free);
}

EonayPageCache *
eonay_page_cache_new (EonayPageSource *source)
{
  EonayPageCache *self = g_object_new (EONAY_TYPE_PAGE_CACHE, NULL);

  self->source = g_object_ref (source);

  return self;
}

/* The tiles' range, of one axis, that shows what lies from @from to @to. */
static void
find_range (double from, double to, int length, int side, int *first, int *last)
{
  *first = CLAMP ((int) floor (from / side), 0, (length - 1) / side);
  *last = CLAMP ((int) floor (to / side), *first, (length - 1) / side);
}

GArray *
eonay_page_cache_list_tiles (guint page, const EonayPageSize *size, double scale,
                             const EonayPageArea *part)
{
  GArray *tiles = g_array_new (FALSE, FALSE, sizeof (EonayPageTile));
  EonayPageArea whole = { 0, 0, size->width, size->height };
  const EonayPageArea *shown = part != NULL ? part : &whole;
  int width = MAX (1, (int) round (size->width * scale));
  int height = MAX (1, (int) round (size->height * scale));
  gboolean is_whole = (gint64) width * height <= WHOLE_PIXELS;
  int side = is_whole ? MAX (width, height) : TILE_SIDE;
  int left, right, top, bottom;

  find_range (shown->x * scale, (shown->x + shown->width) * scale, width, side, &left, &right);
  find_range (shown->y * scale, (shown->y + shown->height) * scale, height, side, &top, &bottom);
  for (int row = top; row <= bottom; row++)
    for (int column = left; column <= right; column++)
      {
        const EonayPageTile tile = { .page = page,
                                     .scale = scale,
                                     .x = column * side,
                                     .y = row * side,
                                     .width = MIN (side, width - column * side),
                                     .height = MIN (side, height - row * side),
                                     .is_whole = is_whole };

        g_array_append_val (tiles, tile);
      }

  return tiles;
}

typedef struct {
  GWeakRef cache;
  EonayPageTile tile;
  GCancellable *cancellable;
} Asked;

static void
asked_free (Asked *asked)
{
  g_weak_ref_clear (&asked->cache);
  g_object_unref (asked->cancellable);
  g_free (asked);
}

static GdkTexture *
make_texture (const EonayPageAnswer *answer)
{
  return gdk_memory_texture_new (answer->width, answer->height, GDK_MEMORY_R8G8B8, answer->pixels,
                                 (gsize) answer->width * EONAY_PAGE_PIXEL_SIZE);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Asked *asked = user_data;
  g_autoptr (EonayPageCache) self = g_weak_ref_get (&asked->cache);
  g_autoptr (GError) error = NULL;
  g_autoptr (EonayPageAnswer) answer = eonay_page_source_ask_finish (EONAY_PAGE_SOURCE (source),
                                                                     result, &error);
  Picture *picture = self != NULL ? g_hash_table_lookup (self->pictures, &asked->tile) : NULL;
  guint asked_page = asked->tile.page;
  gboolean is_its = picture != NULL && picture->cancellable == asked->cancellable;

  asked_free (asked);
  if (!is_its)
    return;

  g_clear_object (&picture->cancellable);
  if (answer != NULL)
    {
      picture->texture = make_texture (answer);
      if (answer->is_incomplete)
        g_signal_emit (self, incomplete_signal, 0, asked_page);
      g_signal_emit (self, drawn_signal, 0);
      return;
    }

  picture->is_failed = TRUE;
  g_signal_emit (self, failed_signal, 0, picture->tile.page, error);
}

static void
ask (EonayPageCache *self, Picture *picture, int priority)
{
  EonayPageRequest *request = eonay_page_request_new (EONAY_PAGE_ASK_DRAW);
  Asked *asked = g_new0 (Asked, 1);

  picture->cancellable = g_cancellable_new ();
  g_weak_ref_init (&asked->cache, self);
  asked->tile = picture->tile;
  asked->cancellable = g_object_ref (picture->cancellable);
  request->page = picture->tile.page;
  request->scale = picture->tile.scale;
  request->x = picture->tile.x;
  request->y = picture->tile.y;
  request->width = picture->tile.width;
  request->height = picture->tile.height;
  eonay_page_source_ask_async (self->source, request, priority, picture->cancellable, on_answered,
                               asked);
}

void
eonay_page_cache_begin (EonayPageCache *self)
{
  GHashTableIter iter;
  gpointer picture;

  self->now++;
  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &picture, NULL))
    ((Picture *) picture)->is_wanted = FALSE;
}

void
eonay_page_cache_want (EonayPageCache *self, const EonayPageTile *tile, int priority)
{
  Picture *picture = g_hash_table_lookup (self->pictures, tile);

  if (picture == NULL)
    {
      picture = g_new0 (Picture, 1);
      picture->tile = *tile;
      g_hash_table_add (self->pictures, picture);
      ask (self, picture, priority);
    }
  picture->is_wanted = TRUE;
  picture->used = self->now;
}

static int
compare_use (gconstpointer one, gconstpointer other)
{
  const Picture *a = *(const Picture *const *) one;
  const Picture *b = *(const Picture *const *) other;

  return a->used < b->used ? 1 : a->used > b->used ? -1 : 0;
}

static gsize
count_bytes (const Picture *picture)
{
  return picture->texture != NULL
             ? (gsize) picture->tile.width * (gsize) picture->tile.height * EONAY_PAGE_PIXEL_SIZE
             : 0;
}

void
eonay_page_cache_end (EonayPageCache *self)
{
  g_autoptr (GPtrArray) others = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key;
  gsize bytes = 0;
  guint n_pictures = 0;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      Picture *picture = key;

      if (picture->is_wanted)
        {
          bytes += count_bytes (picture);
          n_pictures++;
        }
      else if (picture->texture != NULL || picture->is_failed)
        g_ptr_array_add (others, picture);
      else
        g_hash_table_iter_remove (&iter);
    }

  g_ptr_array_sort (others, compare_use);
  for (guint i = 0; i < others->len; i++)
    {
      Picture *picture = others->pdata[i];

      bytes += count_bytes (picture);
      n_pictures += picture->texture != NULL ? 1 : 0;
      if (n_pictures > KEPT_PICTURES || bytes > KEPT_BYTES)
        g_hash_table_remove (self->pictures, picture);
    }
}

GdkTexture *
eonay_page_cache_get (EonayPageCache *self, const EonayPageTile *tile)
{
  const Picture *picture = g_hash_table_lookup (self->pictures, tile);

  return picture != NULL ? picture->texture : NULL;
}

GdkTexture *
eonay_page_cache_get_whole (EonayPageCache *self, guint page)
{
  const Picture *best = NULL;
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      const Picture *picture = key;

      if (picture->tile.page == page && picture->tile.is_whole && picture->texture != NULL &&
          (best == NULL || picture->used > best->used))
        best = picture;
    }

  return best != NULL ? best->texture : NULL;
}

void
eonay_page_cache_retry (EonayPageCache *self)
{
  GHashTableIter iter;
  gpointer key;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    if (((Picture *) key)->is_failed)
      g_hash_table_iter_remove (&iter);
}

gsize
eonay_page_cache_get_bytes (EonayPageCache *self)
{
  GHashTableIter iter;
  gpointer key;
  gsize bytes = 0;

  g_hash_table_iter_init (&iter, self->pictures);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    bytes += count_bytes (key);

  return bytes;
}
