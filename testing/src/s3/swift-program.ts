/**
 * Python program that serves Swift: it loads the modules once, checks that files can have attributes, writes the rings, which
 * map objects to the servers that store them, and forks a process for each server. All end with its standard input, or
 * when one of them ends. Eventlet patches modules as Swift would do it later, in each process, where it takes a second.
 */
export const SWIFT_PROGRAM = `
import os, signal, sys
os.environ['EVENTLET_NO_GREENDNS'] = 'yes'
import eventlet
eventlet.patcher.monkey_patch(all=False, socket=True, select=True, thread=True)
import swift.account.server, swift.container.server, swift.obj.server, swift.proxy.server
import swift.common.middleware.s3api.s3api
from swift.common.ring import RingBuilder
from swift.common.wsgi import run_wsgi
folder, *ports = sys.argv[1:]
os.setxattr(os.path.join(folder, 'srv'), 'user.swift', b'1')
names = ('account', 'container', 'object')
for name, port in zip(names, ports):
    builder = RingBuilder(4, 1, 0)
    builder.add_dev(dict(id=0, region=1, zone=1, ip='127.0.0.1', port=int(port), replication_ip='127.0.0.1',
                         replication_port=int(port), device='d1', weight=1, meta=''))
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, 'etc', name + '.ring.gz'))
servers = []
def end(*_):
    for server in servers:
        os.kill(server, signal.SIGKILL)
    os._exit(0)
for name in (*names, 'proxy'):
    server = os.fork()
    if server == 0:
        code = run_wsgi(os.path.join(folder, 'etc', name + '-server.conf'), name + '-server')
        os._exit(code or 0)
    servers.append(server)
signal.signal(signal.SIGCHLD, end)
sys.stdin.read()
signal.signal(signal.SIGCHLD, signal.SIG_DFL)
for server in servers:
    os.kill(server, signal.SIGKILL)
for server in servers:
    os.waitpid(server, 0)
`;
