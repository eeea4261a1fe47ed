"""paho as a client: prints one line per thing that happened, in order.
Arguments: transport (tcp or websockets), port, QoS, CA file or "-"."""
import queue
import sys

import paho.mqtt.client as mqtt

transport, port, qos, ca = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]


class Client:
    def __init__(self, name, clean=True, will=None):
        self.inbox, self.done = queue.Queue(), queue.Queue()
        self.client = mqtt.Client(name, clean_session=clean, protocol=mqtt.MQTTv311, transport=transport)
        if transport == "websockets":
            self.client.ws_set_options(path="/mqtt")
        if ca != "-":
            self.client.tls_set(ca)
        if will:
            self.client.will_set(*will)
        self.client.on_connect = lambda c, u, flags, rc: self.done.put((flags["session present"], rc))
        self.client.on_subscribe = lambda c, u, mid, granted: self.done.put(granted)
        self.client.on_unsubscribe = lambda c, u, mid: self.done.put(mid)
        self.client.on_message = lambda c, u, m: self.inbox.put(
            "%s=%s@%d%s" % (m.topic, m.payload.decode(), m.qos, "R" if m.retain else ""))
        self.client.connect("localhost", port, 30)
        self.client.loop_start()
        self.present, code = self.done.get(timeout=10)
        assert code == 0, code

    def subscribe(self, topic):
        self.client.subscribe(topic, qos)
        assert self.done.get(timeout=10) == (qos,)

    def unsubscribe(self, topic):
        self.client.unsubscribe(topic)
        self.done.get(timeout=10)

    def publish(self, topic, payload, retain=False):
        # QoS 0 would not say when the broker has a retained message, and another connection subscribes next.
        info = self.client.publish(topic, payload, max(qos, 1) if retain else qos, retain)
        info.wait_for_publish(10)
        assert info.is_published()

    def show(self):
        print(self.inbox.get(timeout=10), flush=True)

    def end(self):
        self.client.disconnect()
        self.client.loop_stop()


watcher = Client("paho-watcher")
watcher.subscribe("paho/#")
writer = Client("paho-writer", will=("paho/will", "gone", qos, False))
writer.publish("paho/plain", "hello")
watcher.show()
watcher.unsubscribe("paho/#")
writer.publish("paho/kept", "kept", True)
watcher.subscribe("paho/+")
watcher.show()
writer.client._sock_close()
watcher.show()
watcher.publish("paho/kept", "", True)
watcher.show()
sleeper = Client("paho-sleeper", clean=False)
sleeper.subscribe("paho/asleep/deep")
sleeper.end()
watcher.publish("paho/asleep/deep", "while you slept")
sleeper = Client("paho-sleeper", clean=False)
print("session present", sleeper.present)
if qos > 0:
    sleeper.show()
sleeper.end()
watcher.end()
