#pragma once

#include <libsoup/soup.h>

#include "base/eonay-error.h"
#include "portal-rig.h"

G_BEGIN_DECLS

typedef struct _PortalStub PortalStub;
typedef void (*PortalStubAnswer) (PortalStub *stub, SoupServerMessage *message, const char *path);

/**
 * PortalStub: a portal over plain HTTP on a loopback address that answers as a test wants.
 *
 * @socket: where it listens
 * @answer: for every request
 * @requests: how many there were
 * @boottime: of the client's clock, in microseconds
 * @seen: what the requests said: start lines, keys and bodies
 */
struct _PortalStub {
  SoupServer *server;
  GSocket *socket;
  char *base_url;
  EonayPortal *portal;
  PortalStubAnswer answer;
  guint requests;
  gint64 boottime;
  EonayClock clock;
  GString *seen;
  GPtrArray *keys;
};

PortalStub *portal_stub_new (PortalStubAnswer answer);

/** One that refuses connections until portal_stub_open(); nobody else can take its port. */
PortalStub *portal_stub_new_closed (PortalStubAnswer answer);
void portal_stub_open (PortalStub *self);

void portal_stub_free (PortalStub *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PortalStub, portal_stub_free)

/** The code that the stub's tests send. */
#define PORTAL_STUB_CODE "820004526184196"

/** The document that portal_stub_reply_transaction() announces. */
#define PORTAL_STUB_TEXT "test"

/** Answers a good transaction whose document is at documents/1. */
void portal_stub_reply_transaction (SoupServerMessage *message);

/** Answers resolve, document and submission as a good portal does. */
void portal_stub_reply_well (PortalStub *self, SoupServerMessage *message, const char *path);

void portal_stub_reply (SoupServerMessage *message, guint status, const char *content_type,
                        const char *body);

/** A transaction of the stub's, as if resolved at its boot time. */
EonayTransaction *portal_stub_transaction (PortalStub *self);

/** Resolves and asserts that it fails so. */
void portal_stub_assert_resolve_fails (PortalStub *self, EonayPortalError expected);

G_END_DECLS
