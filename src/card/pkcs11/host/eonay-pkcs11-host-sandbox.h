#pragma once

#include "base/host/eonay-sandbox.h"

G_BEGIN_DECLS

/**
 * eonay_pkcs11_host_sandbox_new: what the host of a module may do
 *
 * It reads what is installed (/usr, /opt, /etc …), the module with the libraries (regular files "*.so",
 * "*.so.1" …) beside it, where links to it end, and the settings of p11-kit; nothing else in the
 * person's home. It connects to pcscd and to p11-kit's server. It writes:
 *
 * /dev/null: what modules print there
 *
 * and if it lies, with links resolved, in a folder of programs (/usr, /opt …) that only root can write,
 * it reads the settings of SoftHSM2 and OpenSC if it is one of these, and writes:
 *
 * libsofthsm2: the folder of its tokens, as its settings name it: they are its "card"
 * opensc-pkcs11, onepin-opensc-pkcs11: ~/.cache/opensc, where OpenSC keeps the files that it has read
 *   from a card; without it each listing reads the whole card
 *
 * and what of these p11-kit-proxy stands for.
 *
 * @module: (nullable): absolute path; %NULL to load all modules that are registered with p11-kit
 *
 * Returns: (transfer full)
 */
EonaySandboxProfile *eonay_pkcs11_host_sandbox_new (const char *module);

G_END_DECLS
