#pragma once

#include "app/document/wire/eonay-page-request.h"

G_BEGIN_DECLS

/** A rectangle on a page, in points. */
typedef struct {
  double x;
  double y;
  double width;
  double height;
} EonayPageArea;

/** The size of a page, in points. */
typedef struct {
  double width;
  double height;
} EonayPageSize;

/** Part of a match: one that goes over the end of a line has several, of the same @number. */
typedef struct {
  guint page;
  guint number; /* of the match, from 0 in each answer */
  EonayPageArea area;
} EonayPageMatch;

/** Where a link leads: to be shown, never to be followed. */
typedef enum {
  EONAY_PAGE_LINK_OTHER,  /* no target that can be named */
  EONAY_PAGE_LINK_URI,    /* @target is an address */
  EONAY_PAGE_LINK_PAGE,   /* @target is the number of a page of this document, from 1 on */
  EONAY_PAGE_LINK_FILE,   /* @target is another file */
  EONAY_PAGE_LINK_LAUNCH, /* @target is a program or file that would be started */
  EONAY_PAGE_LINK_SCRIPT, /* a script would be run */
} EonayPageLinkKind;

#define EONAY_PAGE_LINK_LAST EONAY_PAGE_LINK_SCRIPT

typedef struct {
  EonayPageArea area;
  EonayPageLinkKind kind;
  char *target; /* one line, of ordinary characters */
} EonayPageLink;

/**
 * EonayPageAnswer: what is set depends on what was asked
 *
 * @error: (nullable): of %EONAY_PAGE_ERROR, instead of all others
 * @sizes: (element-type EonayPageSize): OPEN: of all pages
 * @width, @height: DRAW: of the picture
 * @is_incomplete: DRAW: something on the page is missing or damaged, and could not be drawn
 * @pixels: DRAW: rows of @width pixels of three bytes, red, green and blue; not in the frame, but
 *   following it
 * @text: TEXT: UTF-8
 * @areas: (element-type EonayPageArea): TEXT: of each character of @text
 * @matches: (element-type EonayPageMatch): SEARCH
 * @links: (element-type EonayPageLink): LINKS
 * @fonts: (array zero-terminated=1): FONTS: names, each one line of ordinary characters
 * @is_short: TEXT, SEARCH, LINKS, FONTS: there is more than fits in an answer
 * @differs: COMPARE: print and screen are not the same; UPDATED: the page, or the number of pages, is
 *   not what it was
 */
typedef struct {
  GError *error;
  GArray *sizes;
  int width;
  int height;
  gboolean is_incomplete;
  GBytes *pixels;
  char *text;
  GArray *areas;
  GArray *matches;
  GPtrArray *links;
  char **fonts;
  gboolean is_short;
  gboolean differs;
} EonayPageAnswer;

/** A code of %EONAY_PAGE_ERROR or 0xFF, and what the request asks for or a message. */
#define EONAY_PAGE_ANSWER_TYPE "(yv)"

EonayPageAnswer *eonay_page_answer_new (void);
void eonay_page_answer_free (EonayPageAnswer *self);

/** Returns: (transfer floating) */
GVariant *eonay_page_answer_encode (const EonayPageAnswer *self, EonayPageAsk ask);

/**
 * eonay_page_answer_decode:
 * @request: that it answers
 * @n_pages: of the document, as far as it is known
 * @frame: of type %EONAY_PAGE_ANSWER_TYPE
 *
 * The process may have been taken over by the document: every count, number and text is checked.
 *
 * Returns: (transfer full) (nullable): %NULL for what is no answer to @request
 */
EonayPageAnswer *eonay_page_answer_decode (const EonayPageRequest *request, guint n_pages,
                                           GVariant *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EonayPageAnswer, eonay_page_answer_free)

/** Adds a link to @self; @target (nullable) is made one line of ordinary characters. */
void eonay_page_answer_add_link (EonayPageAnswer *self, EonayPageArea area, EonayPageLinkKind kind,
                                 const char *target);

G_END_DECLS
