package dev.ristretto.bench.work;

import java.util.ArrayList;
import java.util.List;

/** A picture of 320 by 240 points of mirroring spheres on a plane, with shadows; vectors are small objects, as programmers write them. */
final class RayTracer {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 240;
    private static final int DEPTH = 4;
    private static final double FAR = 1e9;
    private static final double NEAR = 1e-6;

    private record Vector(double x, double y, double z) {
        Vector plus(Vector o) {
            return new Vector(x + o.x, y + o.y, z + o.z);
        }

        Vector minus(Vector o) {
            return new Vector(x - o.x, y - o.y, z - o.z);
        }

        Vector times(double f) {
            return new Vector(x * f, y * f, z * f);
        }

        double dot(Vector o) {
            return x * o.x + y * o.y + z * o.z;
        }

        Vector unit() {
            return times(1 / Math.sqrt(dot(this)));
        }
    }

    private interface Shape {
        /** Distance along the ray, or {@link #FAR}. */
        double hit(Vector origin, Vector direction);

        Vector normal(Vector point);

        double shade(Vector point);
    }

    private record Sphere(Vector center, double radius, double brightness) implements Shape {
        @Override
        public double hit(Vector origin, Vector direction) {
            Vector to = origin.minus(center);
            double b = to.dot(direction);
            double d = b * b - to.dot(to) + radius * radius;
            if (d < 0) {
                return FAR;
            }
            double t = -b - Math.sqrt(d);
            return t > NEAR ? t : FAR;
        }

        @Override
        public Vector normal(Vector point) {
            return point.minus(center).unit();
        }

        @Override
        public double shade(Vector point) {
            return brightness;
        }
    }

    private record Plane(double height) implements Shape {
        @Override
        public double hit(Vector origin, Vector direction) {
            double t = (height - origin.y) / direction.y;
            return t > NEAR ? t : FAR;
        }

        @Override
        public Vector normal(Vector point) {
            return new Vector(0, 1, 0);
        }

        @Override
        public double shade(Vector point) {
            return ((long) Math.floor(point.x) + (long) Math.floor(point.z) & 1) == 0 ? 0.9 : 0.2;
        }
    }

    private static final List<Shape> SCENE = scene();
    private static final Vector LIGHT = new Vector(-0.5, 0.8, -0.6).unit();

    private RayTracer() {
    }

    private static List<Shape> scene() {
        List<Shape> shapes = new ArrayList<>();
        shapes.add(new Plane(-1));
        for (int i = 0; i < 12; i++) {
            shapes.add(new Sphere(new Vector(i % 4 * 1.5 - 2.2, i / 4 * 0.9 - 0.5, 4 + i % 3), 0.6, 0.3 + i * 0.05));
        }
        return shapes;
    }

    static long round() {
        long sum = 0;
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                Vector direction = new Vector((column - WIDTH / 2.0) / WIDTH, (HEIGHT / 2.0 - row) / WIDTH, 0.8).unit();
                sum += (long) (trace(new Vector(0, 0.4, -1), direction, 0) * 1000);
            }
        }
        return sum;
    }

    private static double trace(Vector origin, Vector direction, int depth) {
        Shape nearest = null;
        double distance = FAR;
        for (Shape shape : SCENE) {
            double t = shape.hit(origin, direction);
            if (t < distance) {
                distance = t;
                nearest = shape;
            }
        }
        if (nearest == null) {
            return 0.4;
        }
        Vector point = origin.plus(direction.times(distance));
        Vector normal = nearest.normal(point);
        double light = Math.max(0, normal.dot(LIGHT));
        for (Shape shape : SCENE) {
            if (light > 0 && shape.hit(point, LIGHT) < FAR) {
                light = 0;
            }
        }
        double own = nearest.shade(point) * (0.2 + 0.8 * light);
        if (depth == DEPTH) {
            return own;
        }
        Vector mirrored = direction.minus(normal.times(2 * normal.dot(direction)));
        return 0.7 * own + 0.3 * trace(point, mirrored, depth + 1);
    }
}
