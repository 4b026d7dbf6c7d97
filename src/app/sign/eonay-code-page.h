#pragma once

#include <adwaita.h>

#include "card/reader/eonay-reader-list.h"
#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/**
 * EonayCodePage: entry of the Doğrulama Kodu and, with several portals, choice of the portal. Without
 * a portal it is the page of a first start: what there is to do, see #EonaySetupGroup.
 *
 * Signals: `submit`, the code is complete or the person pressed Enter: read it with
 * eonay_code_page_read(), it may still be wrong; `cancel`, stop waiting for the portal.
 */
#define EONAY_TYPE_CODE_PAGE (eonay_code_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayCodePage, eonay_code_page, EONAY, CODE_PAGE, AdwBin)

/**
 * eonay_code_page_set_portals:
 * @profiles: a model of #EonayPortalProfile; may be empty
 * @chosen: (nullable): id of the one to choose
 */
void eonay_code_page_set_portals (EonayCodePage *self, GListModel *profiles, const char *chosen);

/** @own_portals: whether the person may add one where none is there */
void eonay_code_page_set_own_portals (EonayCodePage *self, gboolean own_portals);

/** Returns: (transfer none) (nullable): the chosen portal */
EonayPortalProfile *eonay_code_page_get_portal (EonayCodePage *self);

/** @readers: what they lack is told under the code; may be set once */
void eonay_code_page_set_readers (EonayCodePage *self, EonayReaderList *readers);

/**
 * eonay_code_page_set_purpose: for a code of one operation only
 * @title, @description: instead of the default ones, and without the picture
 * @practice_action: the action of the button that makes a practice code
 */
void eonay_code_page_set_purpose (EonayCodePage *self, const char *title, const char *description,
                                  const char *practice_action);

/** Shows the buttons that make practice codes. */
void eonay_code_page_set_practice (EonayCodePage *self, gboolean practice);

/** The portal is being asked: nothing can be typed, but the person can cancel. */
void eonay_code_page_set_busy (EonayCodePage *self, gboolean busy);

/** @error: (nullable) */
void eonay_code_page_set_error (EonayCodePage *self, const GError *error);

/**
 * eonay_code_page_read: reads the code and its portal
 * @profile: (out) (transfer none): the portal of the entered link, else the chosen one
 *
 * Returns: (transfer full): 15 digits; %NULL as eonay_code_parse(), or with
 *   %EONAY_PORTAL_ERROR_PROFILE if there is no such portal
 */
char *eonay_code_page_read (EonayCodePage *self, EonayPortalProfile **profile, GError **error);

/**
 * eonay_code_page_fill:
 * @text: a code or an `eonay:` link
 *
 * Shows it as if it had been typed, with its portal chosen; it is not submitted. For a link of an
 * unknown portal, or where there is none, an error is shown instead, as soon as the portals are known.
 */
void eonay_code_page_fill (EonayCodePage *self, const char *text);

/** @text: shown as if it had been typed, but not submitted; "" clears the code */
void eonay_code_page_set_text (EonayCodePage *self, const char *text);

void eonay_code_page_paste (EonayCodePage *self);

G_END_DECLS
