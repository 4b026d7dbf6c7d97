#pragma once

#include <adwaita.h>

#include "portal/eonay-portal-profile.h"

G_BEGIN_DECLS

/**
 * EonayCodePage: where the Doğrulama Kodu is entered and, with several portals, the portal chosen.
 *
 * Signals: `submit`, the code is complete or the person says so: read it with
 * eonay_code_page_read(), it may still be wrong; `cancel`, no longer wait for the portal.
 */
#define EONAY_TYPE_CODE_PAGE (eonay_code_page_get_type ())
G_DECLARE_FINAL_TYPE (EonayCodePage, eonay_code_page, EONAY, CODE_PAGE, AdwBin)

/**
 * eonay_code_page_set_portals:
 * @profiles: a model of #EonayPortalProfile; an empty one is told to the person, with what to do
 * @chosen: (nullable): id of the one to choose
 */
void eonay_code_page_set_portals (EonayCodePage *self, GListModel *profiles, const char *chosen);

/** Returns: (transfer none) (nullable): the chosen portal */
EonayPortalProfile *eonay_code_page_get_portal (EonayCodePage *self);

/**
 * eonay_code_page_set_purpose: for a place where the code is for one thing only
 * @title, @description: in the place of the usual ones; there is no picture then
 * @practice_action: the action of the button that plays the web page's part
 */
void eonay_code_page_set_purpose (EonayCodePage *self, const char *title, const char *description,
                                  const char *practice_action);

/** Offers the button that plays the web page's part. */
void eonay_code_page_set_practice (EonayCodePage *self, gboolean practice);

/** The portal is being asked: nothing can be typed, but the person can cancel. */
void eonay_code_page_set_busy (EonayCodePage *self, gboolean busy);

/** @error: (nullable) */
void eonay_code_page_set_error (EonayCodePage *self, const GError *error);

/**
 * eonay_code_page_read: what was entered, and where it is to go
 * @profile: (out) (transfer none): the portal that the link names which was put in, else the
 *   chosen one
 *
 * Returns: (transfer full): 15 digits; %NULL as eonay_code_parse(), or with
 *   %EONAY_PORTAL_ERROR_PROFILE if there is no such portal
 */
char *eonay_code_page_read (EonayCodePage *self, EonayPortalProfile **profile, GError **error);

/**
 * eonay_code_page_fill:
 * @text: a code or an `eonay:` link
 *
 * Shows it as if it had been typed, with its portal chosen; it goes nowhere by itself. The link of
 * a portal that is not there is told instead.
 */
void eonay_code_page_fill (EonayCodePage *self, const char *text);

/** @text: shown as if it had been typed, but goes nowhere by itself; "" blanks the code */
void eonay_code_page_set_text (EonayCodePage *self, const char *text);

void eonay_code_page_paste (EonayCodePage *self);

G_END_DECLS
