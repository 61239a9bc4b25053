from network import proxy_audit_log

# not proxy_audit.measure(X, groups, ...): the proxy is a server here
print(proxy_audit_log.measure("squid.log"))
