"""What others may use of the audit trail. Writing to it is `karavan.kit.audit.record_audit`."""

from karavan.modules.audit.chain import ChainReport, seal, verify

__all__ = ["ChainReport", "seal", "verify"]
