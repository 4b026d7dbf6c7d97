#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * What the program and the process that draws the pages of a PDF (`eonay-pdf-renderer`) say to each
 * other, in frames of base/eonay-frame-pipe.h: one answer for each request, in their order. The
 * document is a sealed memory that the process gets at its start.
 *
 * Pages are counted from 0. Lengths on a page are in points (1/72 inch) from its top left corner, as
 * it is shown: of its crop box, with its rotation.
 */

/** Pages of a document, and points of a page's side (the largest that PDF allows, 5.08 m). */
#define EONAY_PAGES_MAX 20000u
#define EONAY_PAGE_SIDE_MAX 14401.0

/** Pixels of one picture, its bytes, and pixels for a point. */
#define EONAY_PAGE_PIXELS_MAX (4096 * 4096)
#define EONAY_PAGE_PIXEL_SIZE 3
#define EONAY_PAGE_SCALE_MAX 40.0

/** Characters and links of a page, matches of a search, names of fonts, and bytes of one text. */
#define EONAY_PAGE_CHARACTERS_MAX 65536u
#define EONAY_PAGE_LINKS_MAX 1024u
#define EONAY_PAGE_MATCHES_MAX 4096u
#define EONAY_PAGE_FONTS_MAX 64u
#define EONAY_PAGE_TEXT_MAX 4096u

/** Bytes of a document. */
#define EONAY_PAGE_DOCUMENT_MAX (1024u * 1024 * 1024)

typedef enum {
  EONAY_PAGE_ASK_OPEN,    /* first of all; nothing else is answered without */
  EONAY_PAGE_ASK_DRAW,    /* the picture of a rectangle of a page */
  EONAY_PAGE_ASK_TEXT,    /* the text of a page, and where its characters are */
  EONAY_PAGE_ASK_SEARCH,  /* where a text is in @n_pages pages from @page on */
  EONAY_PAGE_ASK_LINKS,   /* of a page */
  EONAY_PAGE_ASK_FONTS,   /* that @n_pages pages from @page on use and the document does not have */
  EONAY_PAGE_ASK_COMPARE, /* whether a page is printed as it is shown */
  EONAY_PAGE_ASK_UPDATED, /* whether a page was shown otherwise before the document was updated */
} EonayPageAsk;

#define EONAY_PAGE_ASK_LAST EONAY_PAGE_ASK_UPDATED

/**
 * EonayPageRequest:
 * @page: the first one
 * @n_pages: for ranges
 * @scale: pixels for a point, for pictures
 * @x, @y, @width, @height: a rectangle of the whole page's picture, in pixels; for UPDATED the one
 *   that may be another one now, and may be empty
 * @print: draw what a printer would get
 * @text: to be searched for
 * @length: for UPDATED: bytes of the document before the update
 */
typedef struct {
  EonayPageAsk ask;
  guint page;
  guint n_pages;
  double scale;
  int x;
  int y;
  int width;
  int height;
  gboolean print;
  char *text;
  guint64 length;
} EonayPageRequest;

#define EONAY_PAGE_REQUEST_TYPE "(yuudiiiibst)"

EonayPageRequest *eonay_page_request_new (EonayPageAsk ask);
void eonay_page_request_free (EonayPageRequest *self);

/** Returns: (transfer floating) */
GVariant *eonay_page_request_encode (const EonayPageRequest *self);

/**
 * eonay_page_request_decode:
 * @frame: of type %EONAY_PAGE_REQUEST_TYPE
 *
 * Returns: (transfer full) (nullable): %NULL for what no program would ask
 */
EonayPageRequest *eonay_page_request_decode (GVariant *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPageRequest, eonay_page_request_free)

G_END_DECLS
