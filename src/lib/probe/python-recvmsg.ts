/**
 * `Socket`: a socket that has `recvmsg`, also on Python 2, where it is made of the C library's. Without ctypes it lacks it.
 * Goes behind `pythonGround`.
 */
export const pythonRecvmsg = String.raw`
Socket = socket.socket
if not hasattr(Socket, 'recvmsg'):
    try:
        import ctypes

        class Vector(ctypes.Structure):
            _fields_ = [('base', ctypes.c_void_p), ('length', ctypes.c_size_t)]

        class Message(ctypes.Structure):  # struct msghdr of Linux
            _fields_ = [('name', ctypes.c_void_p), ('name_length', ctypes.c_uint32), ('vectors', ctypes.c_void_p),
                        ('vector_count', ctypes.c_size_t), ('control', ctypes.c_void_p), ('control_length', ctypes.c_size_t),
                        ('flags', ctypes.c_int)]

        library = ctypes.CDLL(None, use_errno=True)

        class Socket(socket.socket):
            def recvmsg(self, size, control_size=0, flags=0):
                """(data, [(level, type, data)], flags, address) as Python 3 has it."""
                data, control, name = [ctypes.create_string_buffer(length) for length in (size, control_size or 1, 128)]
                vector = Vector(ctypes.addressof(data), size)
                message = Message(ctypes.addressof(name), 128, ctypes.addressof(vector), 1, ctypes.addressof(control), control_size, 0)
                length = library.recvmsg(self.fileno(), ctypes.byref(message), flags)
                if length < 0:
                    raise socket.error(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
                return data.raw[:length], split_control(control.raw[:message.control_length]), message.flags, read_name(name.raw)

        def split_control(raw):
            """struct cmsghdr after struct cmsghdr; see cmsg(3)."""
            word = struct.calcsize('P')
            entries = []
            while len(raw) >= word + 8:
                length = struct.unpack('=Q' if word == 8 else '=I', raw[:word])[0]
                if length < word + 8:
                    break
                level, kind = struct.unpack('=ii', raw[word:word + 8])
                entries.append((level, kind, raw[word + 8:length]))
                raw = raw[(length + word - 1) // word * word:]
            return entries

        def read_name(raw):
            family = struct.unpack('=H', raw[:2])[0]
            if family == socket.AF_INET:
                return socket.inet_ntop(family, raw[4:8]), struct.unpack('!H', raw[2:4])[0]
            if family == socket.AF_INET6:
                return socket.inet_ntop(family, raw[8:24]), struct.unpack('!H', raw[2:4])[0]
            return None
    except (ImportError, OSError, AttributeError):
        pass
`
